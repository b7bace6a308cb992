//! A column that a key of several holds does not leave it.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{IndexKind, TableChange},
    schema::Table,
};

use super::facts::Facts;

/// MariaDB refuses to drop a column of a key over several, and what ran before it would stay. MySQL makes the key smaller.
pub(super) fn leaves(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &Table,
    change: &TableChange,
    later: &[TableChange],
) -> Result<(), CompileError> {
    let TableChange::DropColumn { name } = change else { return Ok(()) };
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
