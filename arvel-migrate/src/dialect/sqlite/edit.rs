//! Edits of a table's texts, for a rebuild: each change of an operation on the [`Shape`] that the new table gets.
//!
//! What a change needs and the table does not have is [`CompileError::Missing`]; a column that something else uses is
//! not dropped from under it.

use super::{
    QUOTE,
    clause::{Clause, ClauseKind},
    column,
    compile::Context,
    ddl,
    definition::Item,
    index,
    shape::{self, Shape},
    text,
};
use crate::{
    dialect::{CompileError, Guard, quote},
    operation::{
        CheckDef, ColumnDef, ForeignKeyDef, IndexColumn, IndexDef, Position, PrimaryKeyDef, TableChange,
        TableName,
    },
};

/// The table on its way from one shape to another.
pub(super) struct Edit<'c> {
    pub(super) context: &'c Context<'c>,
    pub(super) table: &'c TableName,
    pub(super) shape: Shape,
    /// The columns that there were.
    pub(super) former: Vec<String>,
    /// Where the values of a column come from: the column of the new table, and an expression over the old one.
    pub(super) copies: Vec<(String, String)>,
    /// Columns that went.
    pub(super) dropped: Vec<String>,
    /// Indexes that went with their column.
    pub(super) dropped_indexes: Vec<String>,
    /// The expressions of new checks and computed columns, whose columns may come later in the operation.
    pub(super) expressions: Vec<String>,
    /// The rows that can not be copied.
    pub(super) guards: Vec<Guard>,
    /// The next number of the key that counts.
    pub(super) starting_value: Option<i64>,
}

impl<'c> Edit<'c> {
    pub(super) fn new(context: &'c Context<'c>, table: &'c TableName, shape: Shape) -> Self {
        let columns = shape.definition.columns().filter(|(_, item)| !item.generated());
        let copies =
            columns.map(|(head, _)| (head.name.clone(), quote::identifier(&head.name, QUOTE))).collect();
        Self {
            former: shape.definition.columns().map(|(head, _)| head.name.clone()).collect(),
            context,
            table,
            shape,
            copies,
            dropped: Vec::new(),
            dropped_indexes: Vec::new(),
            expressions: Vec::new(),
            guards: Vec::new(),
            starting_value: None,
        }
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
            TableChange::Options(options) => self.change_options(options),
            // The planner takes renames out: they are native. The gate refuses the others.
            TableChange::RenameColumn { .. }
            | TableChange::Comment(_)
            | TableChange::AddExclusion(_)
            | TableChange::DropExclusion { .. }
            | TableChange::ValidateConstraint { .. }
            | TableChange::AttachPartition { .. }
            | TableChange::DetachPartition { .. } => Ok(()),
        }
    }

    fn add_column(&mut self, column: &ColumnDef) -> Result<(), CompileError> {
        if column.auto_increment && self.shape.definition.primary_key().is_some() {
            return Err(two_primary_keys(self.context));
        }
        if self.shape.has_column(&column.name) {
            return Err(self.context.exists(self.table, "column", &column.name));
        }
        let spelling = self.shape.definition.spelling();
        let definition = column::definition(self.context, &self.shape.definition.table(), column, spelling)?;
        let at = self.slot(column.position.as_ref())?;
        self.shape.definition.insert_column(&definition, at);
        self.expressions.extend(column.generated.as_ref().map(|generated| generated.expression.clone()));
        self.starting_value = column.starting_value.or(self.starting_value);
        Ok(())
    }

    /// The place of a column among the entries.
    pub(super) fn slot(&self, position: Option<&Position>) -> Result<usize, CompileError> {
        let definition = &self.shape.definition;
        match position {
            None => Ok(definition.columns().count()),
            Some(Position::First) => Ok(0),
            Some(Position::After(name)) => {
                match definition.items.iter().position(|item| item.is_column(name)) {
                    Some(at) => Ok(at + 1),
                    None => Err(self.context.missing(self.table, "column", name)),
                }
            }
        }
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
            return Err(in_a_foreign_key(self.context, name, clause.name.as_deref()));
        }
        if self.shape.definition.columns().count() == 1 {
            return Err(last_column(self.context));
        }
        self.dropped_indexes.extend(self.shape.drop_indexes_of(name));
        let definition = self.shape.definition.clone();
        self.remove_clauses(|_, clause| match &clause.kind {
            ClauseKind::Unique { columns } => {
                matches!(columns.as_slice(), [only] if only.text().eq_ignore_ascii_case(name))
            }
            ClauseKind::Check { expression } => index::says_only(&definition, expression, name),
            _ => false,
        });
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
        index::require_columns(self.context, self.table, index, |name| self.shape.has_column(name))?;
        if self.shape.index(&index.name).is_some() {
            return Err(self.context.exists(self.table, "index", &index.name));
        }
        let sql = index::create(self.context, &self.shape.definition.table(), index, false)?;
        self.shape.indexes.push((index.name.clone(), sql));
        Ok(())
    }

    fn drop_index(&mut self, name: &str) -> Result<(), CompileError> {
        if let Some(at) = self.shape.index(name) {
            self.shape.indexes.remove(at);
            return Ok(());
        }
        let automatic = index::automatic(&self.shape.definition);
        let columns = automatic.into_iter().find(|index| index.name.eq_ignore_ascii_case(name));
        let columns = columns.map(|index| index.columns);
        let found = self.remove_clauses(|item, clause| {
            let ClauseKind::Unique { columns: own } = &clause.kind else { return false };
            let own = item.column.as_ref().map_or(own.clone(), |head| vec![IndexColumn::column(&head.name)]);
            let text = |part: &IndexColumn| part.text().to_ascii_lowercase();
            named(clause, name)
                || columns.as_ref().is_some_and(|columns| columns.iter().map(text).eq(own.iter().map(text)))
        });
        if found { Ok(()) } else { Err(self.context.missing(self.table, "index", name)) }
    }

    fn rename_index(&mut self, from: &str, to: &str) -> Result<(), CompileError> {
        self.context.name(to)?;
        let Some(at) = self.shape.index(from) else {
            return Err(no_index_to_rename(self.context, self.table, &self.shape, from));
        };
        let (_, sql) = self.shape.indexes.remove(at);
        self.shape.indexes.push((to.to_owned(), index::rename(&sql, Some(to), None)));
        Ok(())
    }

    fn add_foreign_key(&mut self, key: &ForeignKeyDef) -> Result<(), CompileError> {
        require_columns(self.context, self.table, &self.shape, &key.columns)?;
        self.require_free("foreign key", &key.name)?;
        ddl::require_own_parent(self.context, self.table, key, |name| self.shape.has_column(name))?;
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
        self.require_free("check", &check.name)?;
        let definition = ddl::check(self.context, check)?;
        self.shape.definition.push_constraint(&definition);
        self.expressions.push(check.expression.clone());
        Ok(())
    }

    /// Refuses a second constraint of a name: SQLite takes it, and a drop could not tell them apart.
    fn require_free(&self, what: &'static str, name: &str) -> Result<(), CompileError> {
        let mut clauses = self.shape.definition.items.iter().flat_map(|item| &item.clauses);
        match clauses.any(|clause| named(clause, name)) {
            true => Err(self.context.exists(self.table, what, name)),
            false => Ok(()),
        }
    }

    fn drop_check(&mut self, name: &str) -> Result<(), CompileError> {
        let check = |clause: &Clause| matches!(clause.kind, ClauseKind::Check { .. }) && named(clause, name);
        if self.remove_clauses(|_, clause| check(clause)) {
            return Ok(());
        }
        Err(self.context.missing(self.table, "check", name))
    }

    /// Takes clauses away, from their column or with their entry; whether there was one.
    pub(super) fn remove_clauses(&mut self, goes: impl Fn(&Item, &Clause) -> bool) -> bool {
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
    if let Some((name, _)) = shape.indexes.iter().find(|(_, sql)| index::uses(sql, column)) {
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
                ClauseKind::Unique { columns }
                    if columns.iter().any(|part| part.text().eq_ignore_ascii_case(column)) =>
                {
                    return refuse(&format!("the unique key `{name}`"), "unique key");
                }
                ClauseKind::Foreign(key)
                    if has(&key.columns)
                        || (key.references.name.eq_ignore_ascii_case(&table)
                            && has(&key.referenced_columns)) =>
                {
                    return Err(in_a_foreign_key(context, column, clause.name.as_deref()));
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

fn in_a_foreign_key(context: &Context<'_>, column: &str, name: Option<&str>) -> CompileError {
    let call = name.map(|name| format!(", with `table.drop_foreign(named(\"{name}\"))`")).unwrap_or_default();
    context.unsupported(
        &format!("the foreign key `{}` uses the column `{column}`", name.unwrap_or("without a name")),
        &format!("drop the foreign key first{call}; the same `schema.table` can do both"),
    )
}

fn in_use(context: &Context<'_>, column: &str, what: &str, kind: &str) -> CompileError {
    context.unsupported(
        &format!("{what} uses the column `{column}`"),
        &format!("drop the {kind} first; the same `schema.table` can do both"),
    )
}

pub(super) fn two_primary_keys(context: &Context<'_>) -> CompileError {
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
    let constraint = index::automatic(&shape.definition).iter().any(|index| index.name == name)
        || shape.definition.items.iter().any(|item| item.clauses.iter().any(|clause| named(clause, name)));
    if constraint {
        return context.unsupported(
            &format!("`{name}` belongs to a constraint in the table's text"),
            "drop it and add a unique key with the new name; the same `schema.table` can do both",
        );
    }
    context.missing(table, "index", name)
}
