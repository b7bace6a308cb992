//! The index that the server makes for a foreign key. It has the name of the key, and comes only where no other index can
//! serve; it goes in silence when another one can, and stays behind when the key goes, or is in the way of a drop.
//!
//! Here it is a part of its key: it goes with the key, and comes back when the index goes that stood in its place.

use crate::{
    operation::{IndexColumn, IndexDef, IndexKind, TableChange},
    schema::{ForeignKey, Index, Table},
};

/// Whether an index can serve a foreign key over these columns.
fn serves(index: &Index, columns: &[String]) -> bool {
    let ordered = matches!(index.kind, IndexKind::Index | IndexKind::Unique);
    let mut parts = index.columns.iter().zip(columns);
    ordered
        && index.columns.len() >= columns.len()
        && parts.all(|(part, column)| part.name() == Some(column) && part.length.is_none())
}

/// Whether the index is one that the server made for a key of the table.
fn is_made(table: &Table, index: &Index) -> bool {
    table.foreign_keys.iter().any(|key| is_of(key, index))
}

fn is_of(key: &ForeignKey, index: &Index) -> bool {
    let columns: Vec<IndexColumn> = key.columns.iter().map(IndexColumn::column).collect();
    key.name.as_ref() == Some(&index.name)
        && index.kind == IndexKind::Index
        && index.columns == columns
        && index.comment.is_none()
        && !index.invisible
}

/// Whether a key has the index that the server made for it.
pub(super) fn has_own(table: &Table, key: &str) -> bool {
    let key = table.foreign_keys.iter().find(|known| known.name.as_deref() == Some(key));
    key.is_some_and(|key| table.indexes.iter().any(|index| is_of(key, index)))
}

/// Whether the drop of a made index waits for one that serves its key: it goes with the coming of that one.
pub(super) fn waits(table: &Table, index: &str, rest: &[TableChange]) -> bool {
    let key = table.foreign_keys.iter().find(|key| key.name.as_deref() == Some(index));
    key.is_some_and(|key| {
        has_own(table, index)
            && rest.iter().any(
                |change| matches!(change, TableChange::AddIndex(def) if serves(&Index::of(def), &key.columns)),
            )
    })
}

/// The made indexes that are not needed beside a new one. The server drops in silence those that it knows as its own,
/// which the catalog does not tell from others, so they are dropped aloud.
pub(super) fn in_the_way(table: &Table, new: &Index) -> Vec<String> {
    let not_needed = |index: &&Index| {
        let columns: Vec<String> = index.column_names().cloned().collect();
        index.name != new.name && is_made(table, index) && serves(new, &columns)
    };
    table.indexes.iter().filter(not_needed).map(|index| index.name.clone()).collect()
}

/// The table without them.
pub(super) fn make_way(table: &mut Table, new: &Index) {
    let gone = in_the_way(table, new);
    table.indexes.retain(|index| !gone.contains(&index.name));
}

/// The index of a new key, unless another one serves.
pub(super) fn arrive(table: &mut Table, name: &str, columns: &[String]) {
    if by_key(table, columns) || table.indexes.iter().any(|index| serves(index, columns)) {
        return;
    }
    let new = Index::of(&IndexDef::over(name, columns, IndexKind::Index));
    make_way(table, &new);
    table.indexes.push(new);
}

/// The index that serves a new key and that the server made for another one, perhaps: then it would be replaced by one
/// under the new name, and else not, and the catalog does not say which.
pub(super) fn perhaps_replaced<'t>(table: &'t Table, columns: &[String]) -> Option<&'t Index> {
    let serving: Vec<&Index> = table.indexes.iter().filter(|index| serves(index, columns)).collect();
    match serving.as_slice() {
        [only] if !by_key(table, columns) && is_made(table, only) && only.columns.len() == columns.len() => {
            Some(only)
        }
        _ => None,
    }
}

fn by_key(table: &Table, columns: &[String]) -> bool {
    table.primary_key.as_ref().is_some_and(|key| key.columns.starts_with(columns))
}

/// The keys of the table that no index serves, each with its columns: those get one again.
pub(super) fn orphans(table: &Table) -> Vec<(String, Vec<String>)> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for key in &table.foreign_keys {
        let served = by_key(table, &key.columns)
            || table.indexes.iter().any(|index| serves(index, &key.columns))
            || out.iter().any(|(_, columns)| columns.starts_with(&key.columns));
        if let Some(name) = key.name.as_ref().filter(|_| !served) {
            out.push((name.clone(), key.columns.clone()));
        }
    }
    out
}

/// The table without an index, with those that come in its place.
pub(super) fn without(table: &mut Table, index: &str) {
    table.indexes.retain(|known| known.name != index);
    serve(table, Some(index));
}

/// The table with an index for each key that none serves; not under the name of what goes.
pub(super) fn serve(table: &mut Table, gone: Option<&str>) {
    for (name, columns) in orphans(table).into_iter().filter(|(name, _)| Some(name.as_str()) != gone) {
        table.indexes.push(Index::of(&IndexDef::over(name, &columns, IndexKind::Index)));
    }
}

/// The keys that get an index of their own when one goes, unless the changes that follow take the key away or bring
/// another index.
pub(super) fn in_place_of(table: &Table, index: &str, rest: &[TableChange]) -> Vec<(String, Vec<String>)> {
    let mut after = table.clone();
    after.indexes.retain(|known| known.name != index);
    staying(&after, rest).into_iter().filter(|(name, _)| name != index).collect()
}

/// As [`in_place_of`], for the primary key.
pub(super) fn in_place_of_primary(table: &Table, rest: &[TableChange]) -> Vec<(String, Vec<String>)> {
    staying(&Table { primary_key: None, ..table.clone() }, rest)
}

fn staying(after: &Table, rest: &[TableChange]) -> Vec<(String, Vec<String>)> {
    let stays = |(name, columns): &(String, Vec<String>)| {
        !rest.iter().any(|change| match change {
            TableChange::DropForeignKey { name: gone, .. } => gone == name,
            TableChange::AddIndex(def) => serves(&Index::of(def), columns),
            TableChange::AddPrimaryKey(key) => key.columns.starts_with(columns),
            _ => false,
        })
    };
    orphans(after).into_iter().filter(stays).collect()
}

/// The table after a drop in the middle of an ALTER, folded by `fold`: without the indexes that what follows makes
/// needless.
pub(super) fn change(
    table: &mut Table,
    change: &TableChange,
    rest: &[TableChange],
    fold: impl FnOnce(&mut Table),
) {
    let comes = match change {
        TableChange::DropIndex { name, .. } => in_place_of(table, name, rest),
        TableChange::DropPrimaryKey { .. } => in_place_of_primary(table, rest),
        _ => return fold(table),
    };
    let known: Vec<String> = table.indexes.iter().map(|index| index.name.clone()).collect();
    fold(table);
    table
        .indexes
        .retain(|index| known.contains(&index.name) || comes.iter().any(|(name, _)| name == &index.name));
}
