//! A changed column: the clauses that are mentioned take their new text, the others stay as they are.
//!
//! The type is always mentioned. A computed column keeps its expression unless another one is given; one that takes
//! values can become computed, and loses them.

use super::{
    QUOTE,
    clause::{Clause, ClauseKind},
    column, ddl,
    definition::Item,
    edit::{Edit, two_primary_keys},
    shape,
};
use crate::{
    dialect::{CompileError, Guard, quote},
    operation::{ColumnDef, ColumnType, DefaultValue},
};

/// The collation of a column that has none.
pub(super) const PLAIN: &str = "BINARY";

impl Edit<'_> {
    /// A column takes this definition.
    pub(super) fn change_column(&mut self, column: &ColumnDef) -> Result<(), CompileError> {
        column::check(self.context, column)?;
        let table = self.shape.definition.table();
        let type_text = self.shape.definition.spelling().of(self.context, column)?;
        self.count(column, &type_text)?;
        self.refuse_computed(column)?;
        self.refuse_null_in_key(column)?;
        let Some(item) = self.shape.definition.column_mut(&column.name) else {
            return Err(self.context.missing(self.table, "column", &column.name));
        };
        if let Some(head) = &mut item.column {
            head.type_text = type_text;
        }
        let was_nullable = !item.has(|kind| *kind == ClauseKind::NotNull);
        let allowed = item.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Check { expression } => shape::enumeration_values(&column.name, expression),
            _ => None,
        });
        item.clauses.retain(|clause| match &clause.kind {
            ClauseKind::Check { expression } => shape::enumeration(&column.name, expression).is_none(),
            ClauseKind::NotNull => column.nullable != Some(true),
            ClauseKind::Null => column.nullable != Some(false),
            ClauseKind::Default(_) => {
                column.default.is_none() && column.generated.is_none() && !column.auto_increment
            }
            ClauseKind::Collate(_) => column.collation.is_none(),
            ClauseKind::Generated { .. } => column.generated.is_none(),
            _ => true,
        });
        let mut push = |text| item.clauses.push(Clause { name: None, kind: ClauseKind::Other, text });
        // What compares as everything does that says nothing says nothing.
        if let Some(name) = column.collation.as_ref().filter(|name| !name.eq_ignore_ascii_case(PLAIN)) {
            push(column::collate(name));
        }
        if column.nullable == Some(false) && was_nullable {
            push("NOT NULL".to_owned());
        }
        let mut fill = None;
        let default = column.default.as_ref().filter(|value| **value != DefaultValue::Null);
        if let Some(value) = default.filter(|_| column.generated.is_none()) {
            let text = column::default(self.context, &column.kind, value)?;
            push(format!("DEFAULT {text}"));
            fill = (column.nullable == Some(false) && was_nullable).then_some(text);
        }
        if let Some(generated) = &column.generated {
            push(column::generated(generated));
            self.expressions.push(generated.expression.clone());
        }
        if let ColumnType::Enumeration { values, .. } = &column.kind {
            push(column::enumeration_check(&table, column, values));
        }
        item.refresh();
        *item = Item::parse(&item.raw);
        self.copy_from(column, fill)?;
        if let ColumnType::Enumeration { values, .. } = &column.kind {
            self.guard_values(column, values, allowed);
        }
        if column.position.is_some() {
            let definition = self.shape.definition.take_column(&column.name);
            let at = self.slot(column.position.as_ref())?;
            self.shape.definition.insert_column(&definition, at);
        }
        Ok(())
    }

    /// Whether and from where it counts.
    fn count(&mut self, column: &ColumnDef, type_text: &str) -> Result<(), CompileError> {
        let definition = &self.shape.definition;
        let counts = definition.auto_increment()
            && definition.rowid_column().is_some_and(|name| name.eq_ignore_ascii_case(&column.name));
        if counts && type_text != "integer" {
            return Err(self.context.unsupported(
                &format!("column `{}` counts up, which SQLite does for whole numbers only", column.name),
                "drop the primary key in the same `schema.table`",
            ));
        }
        if column.starting_value.is_some() && !counts && !column.auto_increment {
            return Err(self.context.unsupported(
                &format!("column `{}` has a first value and does not count", column.name),
                "add `auto_increment()`",
            ));
        }
        if (counts || column.auto_increment) && !matches!(column.default, None | Some(DefaultValue::Null)) {
            return Err(self.context.unsupported(
                &format!("column `{}` counts up, and has no use for a default", column.name),
                "leave the default out",
            ));
        }
        self.starting_value = column.starting_value.or(self.starting_value);
        if column.auto_increment && !counts { self.count_up(&column.name) } else { Ok(()) }
    }

    /// Makes a column the key that counts up.
    fn count_up(&mut self, name: &str) -> Result<(), CompileError> {
        match self.shape.definition.primary_key() {
            Some((_, columns)) if columns.len() != 1 || !columns[0].eq_ignore_ascii_case(name) => {
                return Err(two_primary_keys(self.context));
            }
            _ => {}
        }
        self.remove_clauses(|_, clause| matches!(clause.kind, ClauseKind::PrimaryKey { .. }));
        if let Some(item) = self.shape.definition.column_mut(name) {
            let text = "PRIMARY KEY AUTOINCREMENT".to_owned();
            item.clauses.insert(0, Clause { name: None, kind: ClauseKind::Other, text });
        }
        Ok(())
    }

    /// What a computed column, or one that becomes computed, can not have.
    fn refuse_computed(&self, column: &ColumnDef) -> Result<(), CompileError> {
        let definition = &self.shape.definition;
        let is_computed = definition.column(&column.name).is_some_and(Item::generated);
        let refuse = |what: &str, alternative: &str| {
            Err(self
                .context
                .unsupported(&format!("column `{}` is computed, {what}", column.name), alternative))
        };
        if !is_computed && column.generated.is_none() {
            return Ok(());
        }
        if !matches!(column.default, None | Some(DefaultValue::Null)) {
            return refuse("and has no use for a default", "leave the default out");
        }
        if column.using.is_some() {
            return refuse("and takes no values", "change its expression with `virtual_as` or `stored_as`");
        }
        let key = definition.primary_key().map(|(_, columns)| columns).unwrap_or_default();
        if key.iter().any(|name| name.eq_ignore_ascii_case(&column.name)) {
            return refuse("and can not be in the primary key", "drop the primary key first");
        }
        Ok(())
    }

    /// A key that has no NULLs can not begin to.
    fn refuse_null_in_key(&self, column: &ColumnDef) -> Result<(), CompileError> {
        let definition = &self.shape.definition;
        let is = |name: &str| name.eq_ignore_ascii_case(&column.name);
        let in_key = definition.primary_key().is_some_and(|(_, columns)| columns.iter().any(|name| is(name)));
        let not_null = definition.rowid_column().is_some_and(is)
            || definition
                .column(&column.name)
                .is_some_and(|item| item.has(|kind| *kind == ClauseKind::NotNull));
        if column.nullable == Some(true) && in_key && not_null {
            return Err(self.context.unsupported(
                &format!("column `{}` is part of the primary key and can not be nullable", column.name),
                "drop the primary key first, or take `nullable()` away",
            ));
        }
        Ok(())
    }

    /// The source of its values in the new table.
    fn copy_from(&mut self, column: &ColumnDef, fill: Option<String>) -> Result<(), CompileError> {
        if self.shape.definition.column(&column.name).is_some_and(Item::generated) {
            self.copies.retain(|copy| !copy.0.eq_ignore_ascii_case(&column.name));
            return Ok(());
        }
        if let Some(using) = &column.using {
            let had = |name: &str| self.former.iter().any(|former| former.eq_ignore_ascii_case(name));
            ddl::require_quoted(self.context, self.table, using, had)?;
        }
        let Some(copy) = self.copies.iter_mut().find(|copy| copy.0.eq_ignore_ascii_case(&column.name)) else {
            return Ok(());
        };
        if let Some(using) = &column.using {
            copy.1 = format!("({using})");
        }
        if let Some(fill) = fill {
            copy.1 = format!("coalesce({}, {fill})", copy.1);
        }
        Ok(())
    }

    /// A look at the rows before they are copied, unless all that was allowed still is.
    fn guard_values(&mut self, column: &ColumnDef, values: &[String], allowed: Option<Vec<String>>) {
        let kept = allowed.is_some_and(|allowed| allowed.iter().all(|value| values.contains(value)));
        let copy = self.copies.iter().find(|copy| copy.0.eq_ignore_ascii_case(&column.name));
        if let Some((_, source)) = copy.filter(|_| !kept || column.using.is_some()) {
            let table = self.shape.definition.table();
            let literals: Vec<String> = values.iter().map(|value| quote::text(value)).collect();
            let (text, from) = (format!("CAST({source} AS text)"), quote::identifier(&table, QUOTE));
            self.guards.push(Guard::values((table, &column.name), (&text, &from), &literals));
        }
    }
}
