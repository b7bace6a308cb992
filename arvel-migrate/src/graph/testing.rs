//! A notation in which tests draw graphs: one migration a line.
//!
//! `4_d <- 2_b,3_c needs 1_a,auth/users @blog in other from auth/posts`: the stem (which is the revision), parents
//! (`root` for none; nothing written is `Previous`), dependencies, labels, the line, the origin.

use std::{path::PathBuf, sync::Arc};

use super::Graph;
use crate::{
    dsl::Schema,
    history::HistoryRow,
    migration::{
        Body, Catalog, Checksum, Dependency, Label, LineName, Migration, Parents, RevisionId, SqlSection,
        TransactionMode,
    },
};

/// A revision.
pub(crate) fn id(text: &str) -> RevisionId {
    RevisionId::new(text).unwrap()
}

/// Revisions as text.
pub(crate) fn names<'a>(revisions: impl IntoIterator<Item = &'a RevisionId>) -> Vec<&'a str> {
    revisions.into_iter().map(RevisionId::as_str).collect()
}

/// One migration with a SQL body in both directions.
pub(crate) fn migration(line: &str) -> Migration {
    let mut words = line.split_whitespace();
    let stem = words.next().unwrap();
    let section = |text: String| Body::Sql(SqlSection { text: text.into(), first_line: 2 });
    let mut migration = Migration {
        revision: id(stem),
        stem: stem.to_owned(),
        line: LineName::default_line(),
        parents: Parents::Previous,
        depends_on: Vec::new(),
        labels: Vec::new(),
        origin: None,
        in_place: None,
        database: None,
        description: None,
        up: section(format!("create {stem}")),
        down: Some(section(format!("drop {stem}"))),
        up_transaction: TransactionMode::PerMigration,
        down_transaction: TransactionMode::PerMigration,
        reads: Vec::new(),
        given: crate::Given::default(),
        path: None,
        text: None,
    };
    while let Some(word) = words.next() {
        if let Some(label) = word.strip_prefix('@') {
            migration.labels.push(Label::new(label).unwrap());
            continue;
        }
        let value = words.next().unwrap();
        match word {
            "<-" if value == "root" => migration.parents = Parents::Root,
            "<-" => migration.parents = Parents::Of(value.split(',').map(id).collect()),
            "needs" => {
                migration.depends_on = value
                    .split(',')
                    .map(|name| match name.parse() {
                        Ok(origin) => Dependency::Origin(origin),
                        Err(_) => Dependency::Revision(id(name)),
                    })
                    .collect();
            }
            "in" => migration.line = LineName::new(value),
            "from" => migration.origin = Some(value.parse().unwrap()),
            "rev" => migration.revision = id(value),
            _ => panic!("`{word}` is not in the notation"),
        }
    }
    migration.path = Some(PathBuf::from(format!("{}/{stem}.sql", migration.line)));
    migration
}

/// Migrations `1_m0`, `2_m1`, … that wrote no way back.
pub(crate) fn bodies(ups: &[fn(&mut Schema)]) -> Catalog {
    let one = |(at, up): (usize, &fn(&mut Schema))| {
        let mut migration = migration(&format!("{}_m{at}", at + 1));
        migration.up = Body::Rust(*up);
        migration.down = None;
        migration
    };
    Catalog::new(ups.iter().enumerate().map(one).collect()).unwrap()
}

/// All migrations of a drawing.
pub(crate) fn migrations(drawing: &str) -> Vec<Arc<Migration>> {
    drawing
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Arc::new(migration(line)))
        .collect()
}

/// The graph of a drawing.
pub(crate) fn draw(drawing: &str) -> Graph {
    Graph::build(migrations(drawing)).unwrap()
}

/// History rows in the order of application: `1_a 2_b/3 4_d*` is batch 1, batch 3, stamped. An unknown revision gets
/// the checksum of nothing.
pub(crate) fn rows(graph: &Graph, applied: &str) -> Vec<HistoryRow> {
    applied
        .split_whitespace()
        .zip(1..)
        .map(|(word, seq)| {
            let stamped = word.ends_with('*');
            let (name, batch) =
                word.trim_end_matches('*').split_once('/').unwrap_or((word.trim_end_matches('*'), "1"));
            let migration = graph.get(&id(name));
            HistoryRow {
                revision: id(name),
                seq,
                batch: (!stamped).then(|| batch.parse().unwrap()),
                line: migration.map_or("default", |migration| migration.line.as_str()).to_owned(),
                origin: migration.and_then(|migration| migration.origin.as_ref()).map(ToString::to_string),
                checksum: migration
                    .map_or_else(|| Checksum::of_text(""), |migration| Checksum::of(migration)),
                applied_at: "2026-11-20T14:30:00.000000Z".to_owned(),
                duration_ms: 1,
                stamped,
                tool_version: "0.1.0".to_owned(),
                undo: None,
            }
        })
        .collect()
}
