//! Edits of a table's texts, for a rebuild: each change of an operation on the [`Shape`] that the new table gets.
//!
//! What a change needs and the table does not have is [`CompileError::Missing`]; a column that something else uses is
//! not dropped from under it.

use super::{
    clause::{Clause, ClauseKind},
    compile::Context,
    ddl,
    definition::Item,
    shape::{self, Shape},
    text, types,
};
use crate::{
    dialect::CompileError,
    operation::{
        CheckDef, ColumnDef, ColumnType, DefaultValue, ForeignKeyDef, IndexDef, PrimaryKeyDef, TableChange,
        TableName,
    },
};

/// The table on its way from one shape to another.
pub(super) struct Edit<'c> {
    pub(super) context: &'c Context<'c>,
    pub(super) table: &'c TableName,
    pub(super) shape: Shape,
    /// Where the values of a column come from: the column of the new table, the default that takes the place of NULL.
    pub(super) copies: Vec<(String, Option<String>)>,
    /// Columns that went.
    pub(super) dropped: Vec<String>,
    /// The expressions of new checks, whose columns may come later in the operation.
    pub(super) checks: Vec<String>,
}

impl<'c> Edit<'c> {
    pub(super) fn new(context: &'c Context<'c>, table: &'c TableName, shape: Shape) -> Self {
        let columns = shape.definition.columns().filter(|(_, item)| !item.generated());
        let copies = columns.map(|(head, _)| (head.name.clone(), None)).collect();
        Self { context, table, shape, copies, dropped: Vec::new(), checks: Vec::new() }
    }

    pub(super) fn change(&mut self, change: &TableChange) -> Result<(), CompileError> {
        match change {
            TableChange::AddColumn(column) => self.add_column(column),
            TableChange::ChangeColumn(column) => self.change_column(column),
            TableChange::DropColumn { name } => self.drop_column(name),
            TableChange::AddPrimaryKey(key) => self.add_primary_key(key),
            TableChange::DropPrimaryKey { name } => self.drop_primary_key(name),
            TableChange::AddIndex(index) => self.add_index(index),
            TableChange::DropIndex { name, .. } => self.drop_index(name),
            TableChange::RenameIndex { from, to } => self.rename_index(from, to),
            TableChange::AddForeignKey(key) => self.add_foreign_key(key),
            TableChange::DropForeignKey { name, columns } => self.drop_foreign_key(name, columns),
            TableChange::AddCheck(check) => self.add_check(check),
            TableChange::DropCheck { name } => self.drop_check(name),
            TableChange::Comment(Some(_)) => Err(ddl::comment(self.context)),
            // The planner takes renames out: they are native.
            TableChange::Comment(None) | TableChange::RenameColumn { .. } => Ok(()),
        }
    }

    fn add_column(&mut self, column: &ColumnDef) -> Result<(), CompileError> {
        if column.auto_increment && self.shape.definition.primary_key().is_some() {
            return Err(two_primary_keys(self.context));
        }
        let definition = types::column(self.context, &self.shape.definition.table(), column)?;
        self.shape.definition.push_column(&definition);
        Ok(())
    }

    fn change_column(&mut self, column: &ColumnDef) -> Result<(), CompileError> {
        types::check(self.context, column)?;
        let table = self.shape.definition.table();
        let type_text = types::sql(&column.kind);
        let counts = self.shape.definition.auto_increment()
            && self
                .shape
                .definition
                .rowid_column()
                .is_some_and(|name| name.eq_ignore_ascii_case(&column.name));
        if counts && type_text != "integer" {
            return Err(self.context.unsupported(
                &format!("column `{}` counts up, which SQLite does for whole numbers only", column.name),
                "drop the primary key in the same `schema.table`",
            ));
        }
        if column.auto_increment && !counts {
            self.count_up(&column.name)?;
        }
        let Some(item) = self.shape.definition.column_mut(&column.name) else {
            return Err(self.context.missing(self.table, "column", &column.name));
        };
        if let Some(head) = &mut item.column {
            head.type_text = type_text;
        }
        let was_nullable = !item.has(|kind| *kind == ClauseKind::NotNull);
        item.clauses.retain(|clause| match &clause.kind {
            ClauseKind::Check { expression } => shape::enumeration(&column.name, expression).is_none(),
            ClauseKind::NotNull => column.nullable != Some(true),
            ClauseKind::Null => column.nullable != Some(false),
            ClauseKind::Default(_) => column.default.is_none(),
            _ => true,
        });
        let mut push = |kind, text| item.clauses.push(Clause { name: None, kind, text });
        if column.nullable == Some(false) && was_nullable {
            push(ClauseKind::NotNull, "NOT NULL".to_owned());
        }
        let mut fill = None;
        if let Some(value) = column.default.as_ref().filter(|value| **value != DefaultValue::Null) {
            let text = types::default(self.context, &column.kind, value)?;
            push(ClauseKind::Default(text.clone()), format!("DEFAULT {text}"));
            fill = (column.nullable == Some(false) && was_nullable).then_some(text);
        }
        if let ColumnType::Enumeration { values } = &column.kind {
            push(ClauseKind::Other, types::enumeration_check(&table, &column.name, values));
        }
        item.refresh();
        *item = Item::parse(&item.raw);
        if fill.is_some()
            && let Some(copy) = self.copies.iter_mut().find(|copy| copy.0.eq_ignore_ascii_case(&column.name))
        {
            copy.1 = fill;
        }
        Ok(())
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

    fn drop_column(&mut self, name: &str) -> Result<(), CompileError> {
        let Some(item) = self.shape.definition.column(name) else {
            return Err(self.context.missing(self.table, "column", name));
        };
        if item.has(|kind| matches!(kind, ClauseKind::PrimaryKey { .. })) {
            return Err(in_use(self.context, name, "the primary key", "primary key"));
        }
        if let Some(clause) = item.clauses.iter().find(|clause| matches!(clause.kind, ClauseKind::Foreign(_)))
        {
            let what = format!("the foreign key `{}`", clause.name.as_deref().unwrap_or("without a name"));
            return Err(in_use(self.context, name, &what, "foreign key"));
        }
        if self.shape.definition.columns().count() == 1 {
            return Err(last_column(self.context));
        }
        self.shape.definition.remove(|item| item.is_column(name));
        self.copies.retain(|copy| !copy.0.eq_ignore_ascii_case(name));
        self.dropped.push(name.to_owned());
        Ok(())
    }

    fn add_primary_key(&mut self, key: &PrimaryKeyDef) -> Result<(), CompileError> {
        if self.shape.definition.primary_key().is_some() {
            return Err(two_primary_keys(self.context));
        }
        require_columns(self.context, self.table, &self.shape, &key.columns)?;
        let definition = ddl::primary_key(self.context, key)?;
        self.shape.definition.push_constraint(&definition);
        Ok(())
    }

    fn drop_primary_key(&mut self, name: &str) -> Result<(), CompileError> {
        if !self.remove_clauses(|_, clause| matches!(clause.kind, ClauseKind::PrimaryKey { .. })) {
            return Err(self.context.missing(self.table, "primary key", name));
        }
        Ok(())
    }

    fn add_index(&mut self, index: &IndexDef) -> Result<(), CompileError> {
        require_columns(self.context, self.table, &self.shape, &index.columns)?;
        let sql = ddl::create_index(self.context, &self.shape.definition.table(), index, false)?;
        self.shape.indexes.push((index.name.clone(), sql));
        Ok(())
    }

    fn drop_index(&mut self, name: &str) -> Result<(), CompileError> {
        if let Some(at) = self.shape.index(name) {
            self.shape.indexes.remove(at);
            return Ok(());
        }
        let automatic = shape::automatic_indexes(&self.shape.definition);
        let columns = automatic.into_iter().find(|index| index.name.eq_ignore_ascii_case(name));
        let columns = columns.map(|index| index.columns);
        let found = self.remove_clauses(|item, clause| {
            let ClauseKind::Unique { columns: own } = &clause.kind else { return false };
            let own = item.column.as_ref().map_or(own.clone(), |head| vec![head.name.clone()]);
            named(clause, name) || columns.as_ref().is_some_and(|columns| same(columns, &own))
        });
        if found { Ok(()) } else { Err(self.context.missing(self.table, "index", name)) }
    }

    fn rename_index(&mut self, from: &str, to: &str) -> Result<(), CompileError> {
        self.context.name(to)?;
        let Some(at) = self.shape.index(from) else {
            return Err(no_index_to_rename(self.context, self.table, &self.shape, from));
        };
        let (_, sql) = self.shape.indexes.remove(at);
        self.shape.indexes.push((to.to_owned(), shape::rename_index(&sql, Some(to), None)));
        Ok(())
    }

    fn add_foreign_key(&mut self, key: &ForeignKeyDef) -> Result<(), CompileError> {
        require_columns(self.context, self.table, &self.shape, &key.columns)?;
        let definition = ddl::foreign_key(self.context, key)?;
        self.shape.definition.push_constraint(&definition);
        Ok(())
    }

    /// By name; a key that never got one, by its columns.
    fn drop_foreign_key(&mut self, name: &str, columns: &[String]) -> Result<(), CompileError> {
        let foreign = |clause: &Clause| matches!(clause.kind, ClauseKind::Foreign(_));
        let found = self.remove_clauses(|_, clause| foreign(clause) && named(clause, name))
            || (!columns.is_empty()
                && self.remove_clauses(|item, clause| {
                    clause.name.is_none()
                        && shape::foreign_key(item, clause).is_some_and(|key| same(&key.columns, columns))
                }));
        if found { Ok(()) } else { Err(self.context.missing(self.table, "foreign key", name)) }
    }

    fn add_check(&mut self, check: &CheckDef) -> Result<(), CompileError> {
        let definition = ddl::check(self.context, check)?;
        self.shape.definition.push_constraint(&definition);
        self.checks.push(check.expression.clone());
        Ok(())
    }

    fn drop_check(&mut self, name: &str) -> Result<(), CompileError> {
        let check = |clause: &Clause| matches!(clause.kind, ClauseKind::Check { .. }) && named(clause, name);
        if self.remove_clauses(|_, clause| check(clause)) {
            return Ok(());
        }
        Err(self.context.missing(self.table, "check", name))
    }

    /// Takes clauses away, from their column or with their entry; whether there was one.
    fn remove_clauses(&mut self, goes: impl Fn(&Item, &Clause) -> bool) -> bool {
        let any = |item: &Item| item.clauses.iter().any(|clause| goes(item, clause));
        if !self.shape.definition.items.iter().any(any) {
            return false;
        }
        self.shape.definition.remove(|item| item.column.is_none() && any(item));
        for item in self.shape.definition.items.iter_mut().filter(|item| any(item)) {
            let copy = item.clone();
            item.clauses.retain(|clause| !goes(&copy, clause));
            item.refresh();
        }
        true
    }
}

fn named(clause: &Clause, name: &str) -> bool {
    clause.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name))
}

fn same(a: &[String], b: &[String]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.eq_ignore_ascii_case(b))
}

/// Columns that a new key or index needs.
pub(super) fn require_columns(
    context: &Context<'_>,
    table: &TableName,
    shape: &Shape,
    columns: &[String],
) -> Result<(), CompileError> {
    match columns.iter().find(|column| !shape.has_column(column)) {
        Some(column) => Err(context.missing(table, "column", column)),
        None => Ok(()),
    }
}

/// Refuses to drop a column from under an index, key, check or generated column. Triggers and views are SQLite's own
/// to check, since only it can tell whose column a name in them is.
pub(super) fn refuse_if_used(context: &Context<'_>, shape: &Shape, column: &str) -> Result<(), CompileError> {
    let refuse = |what: &str, kind: &str| Err(in_use(context, column, what, kind));
    if let Some((name, _)) = shape.indexes.iter().find(|(_, sql)| shape::index_uses(sql, column)) {
        return refuse(&format!("the index `{name}`"), "index");
    }
    let has = |columns: &[String]| columns.iter().any(|name| name.eq_ignore_ascii_case(column));
    let uses = |expression: &str| {
        let tokens = text::tokens(expression);
        (0..tokens.len()).any(|index| text::is_column(&tokens, index, column))
    };
    let table = shape.definition.table();
    for item in shape.definition.items.iter().filter(|item| !item.is_column(column)) {
        for clause in &item.clauses {
            let name = clause.name.as_deref().unwrap_or("without a name");
            match &clause.kind {
                ClauseKind::PrimaryKey { columns, .. } if has(columns) => {
                    return refuse("the primary key", "primary key");
                }
                ClauseKind::Unique { columns } if has(columns) => {
                    return refuse(&format!("the unique key `{name}`"), "unique key");
                }
                ClauseKind::Foreign(key)
                    if has(&key.columns)
                        || (key.references.name.eq_ignore_ascii_case(&table)
                            && has(&key.referenced_columns)) =>
                {
                    return refuse(&format!("the foreign key `{name}`"), "foreign key");
                }
                ClauseKind::Check { expression } if uses(expression) => {
                    return refuse(&format!("the check `{name}`"), "check");
                }
                ClauseKind::Generated { expression, .. } if uses(expression) => {
                    let other = item.column.as_ref().map_or("", |head| &head.name);
                    return refuse(&format!("the generated column `{other}`"), "generated column");
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn in_use(context: &Context<'_>, column: &str, what: &str, kind: &str) -> CompileError {
    context.unsupported(
        &format!("{what} uses the column `{column}`"),
        &format!("drop the {kind} first; the same `schema.table` can do both"),
    )
}

fn two_primary_keys(context: &Context<'_>) -> CompileError {
    context.unsupported(
        "the table has a primary key already",
        "drop it first; the same `schema.table` can do both",
    )
}

pub(super) fn last_column(context: &Context<'_>) -> CompileError {
    context.unsupported("a table keeps at least one column", "drop the table with `schema.drop(…)`")
}

/// Why an index can not be renamed: a constraint made it, or it is not there.
pub(super) fn no_index_to_rename(
    context: &Context<'_>,
    table: &TableName,
    shape: &Shape,
    name: &str,
) -> CompileError {
    let constraint = shape::automatic_indexes(&shape.definition).iter().any(|index| index.name == name)
        || shape.definition.items.iter().any(|item| item.clauses.iter().any(|clause| named(clause, name)));
    if constraint {
        return context.unsupported(
            &format!("`{name}` belongs to a constraint in the table's text"),
            "drop it and add a unique key with the new name; the same `schema.table` can do both",
        );
    }
    context.missing(table, "index", name)
}
