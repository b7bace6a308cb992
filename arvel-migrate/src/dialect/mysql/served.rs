//! A column that a key holds does not leave it: a foreign key never, a unique or primary key not when it is over several.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{IndexKind, TableChange, TableName},
    schema::{ForeignKey, Table},
};

use super::facts::Facts;

/// The servers refuse to drop a column of a foreign key, and MariaDB one of a key over several, and what ran before it would
/// stay. MySQL makes the key smaller.
pub(super) fn leaves(
    scope: &Scope<'_>,
    facts: &Facts,
    of: &TableName,
    table: &Table,
    change: &TableChange,
    later: &[TableChange],
) -> Result<(), CompileError> {
    let TableChange::DropColumn { name } = change else { return Ok(()) };
    let to_itself = |key: &ForeignKey| {
        let TableName { schema, name: referenced } = &key.references;
        *referenced == of.name
            && (schema.is_none() || *schema == of.schema)
            && key.referenced_columns.contains(name)
    };
    if let Some(key) = table.foreign_keys.iter().find(|key| key.columns.contains(name) || to_itself(key)) {
        let key = key.name.as_deref().unwrap_or_default();
        return Err(scope.unsupported(
            format!("the foreign key `{key}` uses the column `{name}`"),
            format!("drop the foreign key first, with `table.drop_foreign(named(\"{key}\"))`; the same `schema.table` can do both"),
        ));
    }
    if facts.drops_columns_of_keys {
        return Ok(());
    }
    let goes = |index: &str| {
        later.iter().any(|change| matches!(change, TableChange::DropIndex { name, .. } if name == index))
    };
    let unique = table.indexes.iter().filter(|index| {
        let among = index.columns.iter().any(|part| part.name().is_some_and(|part| part == name));
        index.kind == IndexKind::Unique && index.columns.len() > 1 && among && !goes(&index.name)
    });
    let primary = table.primary_key.as_ref().filter(|key| {
        let goes = later.iter().any(|change| matches!(change, TableChange::DropPrimaryKey { .. }));
        key.columns.len() > 1 && key.columns.contains(name) && !goes
    });
    let key = match (primary, unique.into_iter().next()) {
        (Some(_), _) => "the primary key".to_owned(),
        (None, Some(index)) => format!("the unique key `{}`", index.name),
        (None, None) => return Ok(()),
    };
    Err(scope.unsupported(
        format!("{key} uses the column `{name}`, and other columns"),
        "drop the key first; the same `schema.table` can do both",
    ))
}
