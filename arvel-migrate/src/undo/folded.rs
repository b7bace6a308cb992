//! The way back of a stamped row: nothing ran, so nothing was seen. What its ancestors record says what was there, as long
//! as none of them is SQL as written or code.

use std::collections::BTreeSet;

use super::{WayBack, resolve, way_back, write};
use crate::{
    dialect::Dialect,
    dsl::Schema,
    graph::Graph,
    migration::{Body, Migration, RevisionId},
    operation::Operation,
    schema::DatabaseSchema,
};

/// What the row of a migration without a `down` would have kept, had it been applied here; `None` when its operations
/// say it themselves, or when nobody can.
pub(crate) fn folded(dialect: &dyn Dialect, graph: &Graph, revision: &RevisionId) -> Option<String> {
    let migration = graph.get(revision)?;
    let operations = recorded(migration).filter(|_| migration.down.is_none())?;
    if way_back(&operations, dialect.capability().family) != WayBack::Seen {
        return None;
    }
    let ancestors: BTreeSet<RevisionId> = graph.ancestors([revision]);
    let mut schema = DatabaseSchema::default();
    for ancestor in
        graph.iter().filter(|other| ancestors.contains(&other.revision) && &other.revision != revision)
    {
        for operation in recorded(ancestor)? {
            if !dialect.fold(&operation, &mut schema) {
                return None;
            }
        }
    }
    write(&resolve(dialect, &operations, schema).ok()?)
}

fn recorded(migration: &Migration) -> Option<Vec<Operation>> {
    match &migration.up {
        // What it recorded when it was applied elsewhere is not known.
        _ if !migration.reads.is_empty() => None,
        Body::Rust(body) => Some(Schema::record(*body).operations),
        // An empty section is an empty migration, such as a merge.
        Body::Sql(section) if section.text.trim().is_empty() => Some(Vec::new()),
        Body::Sql(_) => None,
    }
}
