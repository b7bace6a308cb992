//! `docs/src/reference/` is made of what the dialects really write, and held up to date. Every feature has a row, and
//! every row is code that compiles.
//!
//! `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference` rewrites the pages. After a conflict in a page:
//! run it again.

mod cell;
#[macro_use]
mod row;
mod indexes;
mod laravel;
mod modifiers;
mod objects;
mod servers;
mod tables;
mod types;

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use crate::operation::{Feature, features};
use row::{Row, Section};
use servers::Server;

const MADE: &str =
    "<!-- Made by the test `reference` of arvel-migrate from what the dialects really write. Do not edit:
     ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference -->";

const READING: &str = "\
A cell is what is written for a table `t`, or **refused** with the reason and what to do instead: nothing is dropped in
silence. Identifiers are always quoted; the backquotes of MariaDB and MySQL are shown as double quotes, and a column
called `c` without its name. Changes of a table that SQLite makes by a rebuild are shown as that word; rows, keys,
triggers and views are kept.

SQLite, PostgreSQL 15 and MariaDB 10.11 are tested as they are written here. MySQL 8.0, and what is marked *from* a later
version, is rendered, not run.";

/// A page: its file, its title, the sentence below it, its sections.
type Page = (&'static str, &'static str, &'static str, &'static [Section]);

const PAGES: &[Page] = &[
    (
        "types.md",
        "Column types",
        "The columns of a table. Where a row is about a type only, the column was `nullable()` and the word NULL is left out.",
        types::SECTIONS,
    ),
    (
        "modifiers.md",
        "Column modifiers",
        "What is chained behind a column. A column is NOT NULL unless it is `nullable()`.",
        modifiers::SECTIONS,
    ),
    (
        "indexes.md",
        "Indexes, keys, constraints",
        "What is said of columns together, and what is chained behind it.",
        indexes::SECTIONS,
    ),
    (
        "tables.md",
        "Tables and objects",
        "What a table is beyond its columns and keys, and what there is besides tables.",
        tables::SECTIONS,
    ),
];

fn page((_, title, sentence, sections): &Page, servers: &[Server]) -> String {
    let mut page = format!("# {title}\n\n{MADE}\n\n{sentence}\n\n{READING}\n");
    for section in *sections {
        let _ = write!(page, "\n## {}\n\n", section.heading);
        if !section.sentence.is_empty() {
            let _ = write!(page, "{}\n\n", section.sentence);
        }
        page.push('|');
        for name in ["written"].into_iter().chain(servers.iter().map(|server| server.name)) {
            let _ = write!(page, " {name} |");
        }
        page.push_str("\n|---|---|---|---|---|\n");
        for row in section.rows {
            let _ = write!(page, "| `{}` |", row.written());
            for server in servers {
                let _ = write!(page, " {} |", cell::cell(server, row).replace('|', "\\|"));
            }
            page.push('\n');
        }
    }
    page
}

fn rows() -> impl Iterator<Item = &'static Row> {
    PAGES.iter().flat_map(|(.., sections)| *sections).flat_map(|section| section.rows)
}

#[test]
fn reference_has_a_row_for_every_feature_and_each_row_is_about_it() {
    let mut missing: BTreeSet<Feature> =
        Feature::ALL.iter().flat_map(|(_, features)| *features).copied().collect();
    for row in rows() {
        let Some(feature) = row.feature else { continue };
        let (_, shown) = row.recorded();
        assert!(features(&shown).contains(&feature), "`{}` is not about {feature:?}", row.written());
        missing.remove(&feature);
    }
    assert!(missing.is_empty(), "without a row: {missing:?}");
}

#[test]
fn reference_is_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/reference");
    let servers = servers::servers();
    let mut pages: Vec<(&str, String)> = PAGES.iter().map(|one| (one.0, page(one, &servers))).collect();
    pages.push(("laravel.md", laravel::page()));
    for (file, page) in pages {
        let path = folder.join(file);
        if std::env::var_os("ARVEL_UPDATE_DOCS").is_some() {
            std::fs::write(&path, &page).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == page,
            "`docs/src/reference/{file}` is not what the dialects write; run `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference`"
        );
    }
}
