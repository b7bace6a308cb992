//! How a server spells expressions back: `tests/golden/spellings.txt` has them as they are written and as the catalogs
//! show them, so that what was folded can be held against what is inspected.
//!
//! ```text
//! price > 0
//!     PostgreSQL: (price > 0)
//!     MariaDB: `price` > 0
//! ```
//! A database that is not named shows the text as it was written; `\\n` is a line break.

use std::{collections::BTreeMap, fs};

use arvel_migrate::{
    operation::{IndexKey, Object},
    schema::{DatabaseSchema, Table},
};

/// The texts of one database: as written, and as shown.
pub(crate) struct Spelling {
    shown: BTreeMap<String, String>,
}

impl Spelling {
    /// Of the database with this name for people.
    pub(crate) fn of(display_name: &str) -> Self {
        let text = fs::read_to_string(crate::case::folder("spellings.txt")).expect("it is there");
        let (mut shown, mut written) = (BTreeMap::new(), "");
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            match line.trim_start().split_once(": ") {
                Some((database, text)) if line.starts_with(' ') => {
                    if database == display_name {
                        shown.insert(written.to_owned(), text.replace("\\n", "\n"));
                    }
                }
                _ => written = line,
            }
        }
        Self { shown }
    }

    /// SQL with its free text as it was written: a way back made of a live schema has the database's words.
    pub(crate) fn written(&self, sql: &str) -> String {
        let mut longest_first: Vec<_> = self.shown.iter().collect();
        longest_first.sort_by_key(|(_, shown)| std::cmp::Reverse(shown.len()));
        longest_first.into_iter().fold(sql.to_owned(), |sql, (written, shown)| sql.replace(shown, written))
    }

    /// The schema with its free text as the database shows it.
    pub(crate) fn apply(&self, mut schema: DatabaseSchema) -> DatabaseSchema {
        let of_objects = schema.objects.values_mut().filter_map(|object| match object {
            Object::View(view) => Some(&mut view.query),
            Object::Routine(routine) => Some(&mut routine.sql),
            Object::Trigger(trigger) => Some(&mut trigger.sql),
            Object::Partition(partition) => Some(&mut partition.bounds),
            _ => None,
        });
        for text in schema.tables.values_mut().flat_map(texts).chain(of_objects) {
            if let Some(shown) = self.shown.get(text) {
                text.clone_from(shown);
            }
        }
        schema
    }
}

/// The schema without what a way there and back may leave otherwise where a database keeps texts: those of tables and
/// indexes, quotes around names in expressions and the case of these names, both of which a rename writes as it was
/// told, and the order of checks.
pub(crate) fn loosely(mut schema: DatabaseSchema) -> DatabaseSchema {
    if schema.tables.values().any(|table| table.sql.is_some()) {
        for object in schema.objects.values_mut() {
            match object {
                Object::View(view) => view.query = bare(&view.query),
                Object::Trigger(trigger) => trigger.sql = bare(&trigger.sql),
                _ => {}
            }
        }
    }
    for table in schema.tables.values_mut().filter(|table| table.sql.is_some()) {
        table.sql = None;
        for text in texts(table) {
            *text = bare(text);
        }
        for (_, text) in table.triggers.iter_mut().chain(&mut table.views) {
            *text = bare(text);
        }
        table.indexes.iter_mut().for_each(|index| index.sql = None);
        table.checks.sort_by(|one, other| one.name.cmp(&other.name));
    }
    schema
}

/// A text without quotes around its names, and without their case. What stands in `'` stays as it is.
fn bare(text: &str) -> String {
    let pieces = text.split('\'').enumerate();
    let pieces = pieces.map(|(at, piece)| match at % 2 {
        0 => piece.replace('"', "").to_lowercase(),
        _ => piece.to_owned(),
    });
    pieces.collect::<Vec<_>>().join("'")
}

/// Everything in a table that people write in the database's own words.
fn texts(table: &mut Table) -> Vec<&mut String> {
    let mut texts: Vec<&mut String> = Vec::new();
    for column in &mut table.columns {
        texts.push(&mut column.type_name);
        texts.extend(&mut column.default);
        texts.extend(column.generated.as_mut().map(|generated| &mut generated.expression));
    }
    for index in &mut table.indexes {
        texts.extend(&mut index.predicate);
        for part in &mut index.columns {
            if let IndexKey::Expression(text) = &mut part.key {
                texts.push(text);
            }
        }
    }
    texts.extend(table.checks.iter_mut().map(|check| &mut check.expression));
    texts.extend(table.exclusions.iter_mut().map(|exclusion| &mut exclusion.definition));
    texts.extend(&mut table.partition_by);
    texts.extend(table.partitions.iter_mut().map(|(_, bounds)| bounds));
    texts.extend(table.triggers.iter_mut().map(|(_, sql)| sql));
    texts
}
