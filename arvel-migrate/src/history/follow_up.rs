//! Follow-ups of packages that run in place: which of them a database needs, by the row of the stub that they follow.
//!
//! The row of a stub that ran in place holds the checksum and the version of its text. Where the text is today's,
//! everything that follow-ups bring is there. Where it is that of an older version, those since then are needed, in
//! order; each notes in that row how far it came, in its own transaction, and the last makes the row one of today's text.
//! So a follow-up has no row of its own, runs once, and nothing has to be guessed. A row that tells no version is that of
//! a published file: its text is judged as any other is.

use std::collections::HashSet;

use super::HistoryRow;
use crate::{
    graph::Graph,
    migration::{Checksum, Migration, RevisionId},
    publish::Version,
};

/// What a follow-up that ran notes in the row of its stub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raise {
    /// The revision of the row.
    pub row: RevisionId,
    /// The checksum of today's text, when nothing is missing of it.
    pub checksum: Option<Checksum>,
    /// The version whose shape it has now.
    pub version: Version,
}

/// What the rows say about follow-ups, by positions in the graph.
#[derive(Debug, Default)]
pub(super) struct FollowUps {
    /// Nothing is to be done about them.
    pub(super) idle: HashSet<usize>,
    /// Stubs whose row is of an older version that follow-ups bring to the shape of today.
    pub(super) older: HashSet<usize>,
}

impl FollowUps {
    pub(super) fn of(
        graph: &Graph,
        row_at: &[Option<&HistoryRow>],
        checksums: &dyn Fn(&Migration) -> Checksum,
    ) -> Self {
        let mut found = Self::default();
        for (at, migration) in graph.iter().enumerate() {
            let Some(in_place) = &migration.in_place else { continue };
            let Some(follows) = &in_place.follows else { continue };
            let stub = graph.by_origin(&follows.stub).and_then(|stub| graph.position(&stub.revision));
            let row = stub.and_then(|stub| row_at.get(stub).copied().flatten());
            let (Some(stub), Some(row)) = (stub, row) else {
                found.idle.insert(at);
                continue;
            };
            let is_older = row.package_version().is_some_and(|version| version < follows.since);
            match is_older && row.checksum != checksums(graph.migration_at(stub)) {
                true => {
                    found.older.insert(stub);
                }
                false => {
                    found.idle.insert(at);
                }
            }
        }
        found
    }
}
