//! How the changes of one table become statements: all natively where SQLite can, else one rebuild, with renames of
//! columns before it so that SQLite itself follows them everywhere.

use super::{
    compile::{self, Context},
    edit::Edit,
    native, rebuild,
    shape::Shape,
    text,
    types::Spelling,
};
use crate::{
    dialect::{CompileError, Statement},
    operation::{
        ColumnDef, DefaultValue, ForeignKeyDef, IndexKey, Position, Reference, TableChange, TableName,
    },
    schema::Table,
};

/// The statements, and the table after them.
#[derive(Debug)]
pub(super) struct Altered {
    pub(super) statements: Vec<Statement>,
    /// `None` when the table before was not given.
    pub(super) after: Option<Shape>,
    /// Whether `after` is all that an inspection would show: a trigger or view that names a renamed column is not.
    pub(super) exact: bool,
}

/// Compiles the changes of one table.
pub(super) fn alter(
    context: &Context<'_>,
    table: &TableName,
    changes: &[TableChange],
    before: Option<&Table>,
) -> Result<Altered, CompileError> {
    context.table(table)?;
    let spelling = Spelling { strict: before.is_some_and(|before| before.options.strict == Some(true)) };
    // Of some tables no more is known than their options.
    let known = before.filter(|before| before.sql.is_some());
    let shape = known.map(|before| read(context, before)).transpose()?;
    let changes = drops_first(changes);
    if let Some(altered) = native::plan(context, table, &inline_keys(&changes), shape.clone(), spelling)? {
        return Ok(altered);
    }
    let Some(mut shape) = shape else {
        let operation = context.operation.describe();
        return Err(CompileError::MissingTable { operation, table: table.clone() });
    };
    let mut altered = Altered { statements: Vec::new(), after: None, exact: true };
    for part in parts(&shape, &changes) {
        let triggers = shape.triggers.clone();
        let renames = native::plan(context, table, &part.renames, Some(shape.clone()), spelling)?;
        if let Some(renames) = renames {
            altered.statements.extend(renames.statements);
            altered.exact &= renames.exact;
            shape = renames.after.unwrap_or(shape);
        }
        if part.changes.is_empty() {
            continue;
        }
        if let Some(native) = native::plan(context, table, &part.changes, Some(shape.clone()), spelling)? {
            altered.statements.extend(native.statements);
            shape = native.after.unwrap_or(shape);
            continue;
        }
        refuse_stale_triggers(context, &triggers, &part.renames)?;
        let mut edit = Edit::new(context, table, shape.clone());
        for change in &part.changes {
            edit.change(change)?;
        }
        altered.statements.extend(rebuild::statements(&shape, &edit)?);
        shape = edit.shape;
        // SQLite's rename writes the name in quotes.
        shape.definition = shape.definition.renamed(&shape.definition.table());
    }
    altered.after = Some(shape);
    Ok(altered)
}

fn read(context: &Context<'_>, before: &Table) -> Result<Shape, CompileError> {
    Shape::of(before).ok_or_else(|| {
        context.unsupported(
            "it is a virtual table, or its text in `sqlite_schema` can not be read",
            "write the change with `schema.sql_for(\"sqlite\", \"…\")`",
        )
    })
}

/// A rebuild makes triggers anew from their texts, and only SQLite knows a text after a rename in it.
fn refuse_stale_triggers(
    context: &Context<'_>,
    triggers: &[(String, String)],
    renames: &[TableChange],
) -> Result<(), CompileError> {
    for change in renames {
        let TableChange::RenameColumn { from, .. } = change else { continue };
        if let Some((trigger, _)) = triggers.iter().find(|(_, sql)| text::mentions(sql, from)) {
            return Err(context.unsupported(
                &format!(
                    "the trigger `{trigger}` uses the column `{from}`, and the table must be rebuilt as well"
                ),
                "rename the column in a `schema.table` of its own, before this one",
            ));
        }
    }
    Ok(())
}

/// Whether every change is one statement whatever the table looks like.
pub(super) fn blind(changes: &[TableChange]) -> bool {
    inline_keys(changes).iter().all(|change| match change {
        // A computed column names others, and an unknown name in double quotes would be a text.
        TableChange::AddColumn(column) => super::column::addable(column) && column.generated.is_none(),
        TableChange::RenameColumn { .. } => true,
        _ => false,
    })
}

/// Puts the foreign key of a new nullable column at the column, where `ADD COLUMN` takes it.
fn inline_keys(changes: &[TableChange]) -> Vec<TableChange> {
    let mut out: Vec<TableChange> = Vec::with_capacity(changes.len());
    for change in changes {
        if let TableChange::AddForeignKey(key) = change
            && let Some(column) = out.iter_mut().find_map(|change| fitting(change, key))
        {
            column.references = Some(Reference {
                table: key.references.clone(),
                column: key.referenced_columns.first().cloned().unwrap_or_default(),
                name: Some(key.name.clone()),
                on_delete: key.on_delete,
                on_update: key.on_update,
                deferrable: key.deferrable,
                mode: key.mode,
            });
            continue;
        }
        out.push(change.clone());
    }
    out
}

fn fitting<'c>(change: &'c mut TableChange, key: &ForeignKeyDef) -> Option<&'c mut ColumnDef> {
    let TableChange::AddColumn(column) = change else { return None };
    let null = matches!(column.default, None | Some(DefaultValue::Null)) && column.nullable == Some(true);
    (null
        && column.references.is_none()
        && key.columns == [column.name.clone()]
        && key.referenced_columns.len() == 1)
        .then_some(column)
}

/// Drops of keys, checks and indexes come before drops of their columns, in whichever order they were written.
fn drops_first(changes: &[TableChange]) -> Vec<TableChange> {
    let (first, rest): (Vec<_>, Vec<_>) = changes.iter().enumerate().partition(|(at, change)| {
        let earlier = &changes[..*at];
        match change {
            TableChange::DropIndex { name, .. } => !earlier.iter().any(|change| match change {
                TableChange::AddIndex(index) => index.name == *name,
                TableChange::RenameIndex { from, to } => from == name || to == name,
                _ => false,
            }),
            TableChange::DropForeignKey { name, columns } => !earlier.iter().any(|change| match change {
                TableChange::AddForeignKey(key) => key.name == *name,
                TableChange::RenameColumn { to, .. } => columns.contains(to),
                _ => false,
            }),
            TableChange::DropCheck { name } => {
                !earlier.iter().any(|change| match change {
                    TableChange::AddCheck(check) => check.name == *name,
                    // An enumeration brings a check of its own.
                    TableChange::AddColumn(_) | TableChange::ChangeColumn(_) => true,
                    _ => false,
                })
            }
            TableChange::DropPrimaryKey { .. } => !earlier.iter().any(|change| match change {
                TableChange::AddPrimaryKey(_) => true,
                TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => column.auto_increment,
                _ => false,
            }),
            _ => false,
        }
    });
    first.into_iter().chain(rest).map(|(_, change)| change.clone()).collect()
}

/// Renames, and the changes after them.
#[derive(Default)]
struct Part {
    renames: Vec<TableChange>,
    changes: Vec<TableChange>,
}

/// Moves each rename before the changes that were written earlier, unless they have to do with either name.
fn parts(shape: &Shape, changes: &[TableChange]) -> Vec<Part> {
    let table = shape.definition.table();
    let mut done = Vec::new();
    let mut part = Part::default();
    for change in changes {
        match change {
            TableChange::RenameColumn { from, to } => {
                if part
                    .changes
                    .iter()
                    .any(|earlier| touches(&table, earlier, from) || touches(&table, earlier, to))
                {
                    done.push(std::mem::take(&mut part));
                }
                part.renames.push(change.clone());
            }
            other => part.changes.push(other.clone()),
        }
    }
    done.push(part);
    done
}

/// Whether a change has to do with a column of this name.
fn touches(table: &str, change: &TableChange, name: &str) -> bool {
    let is = |column: &String| column.eq_ignore_ascii_case(name);
    match change {
        TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => {
            let generated = column.generated.as_ref().map(|generated| &generated.expression);
            is(&column.name)
                || matches!(&column.position, Some(Position::After(anchor)) if is(anchor))
                || generated.into_iter().chain(&column.using).any(|sql| text::mentions(sql, name))
        }
        TableChange::DropColumn { name } => is(name),
        TableChange::RenameColumn { from, to } => is(from) || is(to),
        TableChange::AddPrimaryKey(key) => key.columns.iter().any(is),
        TableChange::AddIndex(index) => {
            let keys = index.columns.iter().any(|part| match &part.key {
                IndexKey::Column(column) => is(column),
                IndexKey::Expression(sql) => text::mentions(sql, name),
            });
            keys || index.predicate.as_ref().is_some_and(|sql| text::mentions(sql, name))
        }
        TableChange::AddForeignKey(key) => {
            let own =
                compile::same_table(&key.references, &TableName { schema: None, name: table.to_owned() });
            key.columns.iter().any(is) || (own && key.referenced_columns.iter().any(is))
        }
        TableChange::DropForeignKey { columns, .. } => columns.iter().any(is),
        TableChange::AddCheck(check) => text::mentions(&check.expression, name),
        TableChange::AddExclusion(_)
        | TableChange::DropExclusion { .. }
        | TableChange::Options(_)
        | TableChange::ValidateConstraint { .. }
        | TableChange::AttachPartition { .. }
        | TableChange::DetachPartition { .. }
        | TableChange::DropPrimaryKey { .. }
        | TableChange::DropIndex { .. }
        | TableChange::RenameIndex { .. }
        | TableChange::DropCheck { .. }
        | TableChange::Comment(_) => false,
    }
}
