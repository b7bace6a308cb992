//! Table options as CREATE and ALTER say them, and as the catalog shows them.
//!
//! The schema keeps an engine, a character set and a collation only where they are not the database's own, so that a
//! table that says nothing stays one that says nothing. A new character set or collation of a table is that of its
//! future columns; those that are there keep theirs, as their own.

use crate::{operation::TableOptions, schema::Table};

use super::{
    charset,
    facts::Facts,
    literal,
    shape::{self, Refusal},
};

/// The names and forms of parameters: "CREATE TABLE" of both manuals. What is not here is refused, since a server may
/// take a parameter that it does not know with no more than a warning.
const PARAMETERS: &[(&str, Form)] = &[
    ("avg_row_length", Form::Number),
    ("checksum", Form::Number),
    ("compression", Form::Text),
    ("delay_key_write", Form::Number),
    ("encrypted", Form::Engine),
    ("encryption", Form::Text),
    ("encryption_key_id", Form::Engine),
    ("key_block_size", Form::Number),
    ("max_rows", Form::Number),
    ("min_rows", Form::Number),
    ("pack_keys", Form::Number),
    ("page_checksum", Form::Number),
    ("page_compressed", Form::Engine),
    ("page_compression_level", Form::Engine),
    ("row_format", Form::Word),
    ("stats_auto_recalc", Form::Number),
    ("stats_persistent", Form::Number),
    ("stats_sample_pages", Form::Number),
    ("transactional", Form::Number),
];

/// The numbers of which nothing is said when they are 0, and which know no `DEFAULT`.
const ZERO_IS_NONE: &[&str] = &[
    "avg_row_length",
    "checksum",
    "delay_key_write",
    "key_block_size",
    "max_rows",
    "min_rows",
    "page_checksum",
];

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `8`.
    Number,
    /// `DYNAMIC`.
    Word,
    /// `'zlib'`; MySQL's.
    Text,
    /// `` `page_compressed` = '1' ``: MariaDB's attributes of an engine.
    Engine,
}

/// What CREATE says behind the parentheses and ALTER among its clauses, each with its name.
pub(super) fn clauses(facts: &Facts, options: &TableOptions) -> Result<Vec<String>, Refusal> {
    let mut out = Vec::new();
    if let Some(engine) = &options.engine {
        if !charset::is_name(engine) {
            let reason = format!("`{engine}` is not the name of an engine");
            return Err(Refusal::new(reason, "`SHOW ENGINES` names them all"));
        }
        out.push(format!("ENGINE = {engine}"));
    }
    for (word, name, what) in [
        ("DEFAULT CHARACTER SET", &options.charset, "character set"),
        ("COLLATE", &options.collation, "collation"),
    ] {
        let Some(name) = name else { continue };
        let known = if what == "collation" { charset::is_collation(name) } else { charset::is_known(name) };
        if !known {
            let reason = format!("`{name}` is not the name of a {what}");
            return Err(Refusal::new(reason, "`SHOW COLLATION` names them all"));
        }
        out.push(format!("{word} = {name}"));
    }
    for (name, value) in &options.parameters {
        out.push(parameter(facts, &name.to_lowercase(), value)?);
    }
    Ok(out)
}

fn parameter(facts: &Facts, name: &str, value: &str) -> Result<String, Refusal> {
    let form = PARAMETERS.iter().find(|(known, _)| *known == name).map(|(_, form)| *form);
    let Some(form) = form.filter(|form| facts.has_engine_attributes || *form != Form::Engine) else {
        let names =
            PARAMETERS.iter().filter(|(_, form)| facts.has_engine_attributes != (*form == Form::Text));
        let names: Vec<&str> = names.map(|(name, _)| *name).collect();
        let reason = format!("there is no table parameter `{name}`");
        return Err(Refusal::new(reason, format!("there are {}", names.join(", "))));
    };
    let fits = match form {
        Form::Number => value.parse::<u64>().is_ok() || value.eq_ignore_ascii_case("default"),
        Form::Word => charset::is_name(value),
        Form::Text | Form::Engine => true,
    };
    if !fits {
        let reason = format!("table parameter `{name}` is not of the form `{value}`");
        return Err(Refusal::new(reason, "write a number, or a word of the manual"));
    }
    let word = name.to_uppercase();
    if ZERO_IS_NONE.contains(&name) && value.eq_ignore_ascii_case("default") {
        return Ok(format!("{word} = 0"));
    }
    Ok(match form {
        Form::Number | Form::Word => format!("{word} = {}", value.to_uppercase()),
        Form::Text | Form::Engine => format!("{word} = {}", literal::text(value)),
    })
}

/// The options of a table after some are said.
pub(super) fn apply(facts: &Facts, table: &mut Table, said: &TableOptions) {
    if let Some(engine) = &said.engine {
        table.options.engine = own_engine(facts, engine);
    }
    let before = shape::collation_of(facts, table).to_owned();
    let asked = facts.default_collations.asked(said.charset.as_deref(), said.collation.as_deref());
    if let Some(after) = asked {
        (table.options.charset, table.options.collation) = charset::apart(&after, &facts.own.collation);
        for column in table.columns.iter_mut().filter(|column| charset::is_text(&column.type_name)) {
            let effective = column.collation.clone().unwrap_or_else(|| before.clone());
            (column.charset, column.collation) = charset::apart(&effective, &after);
        }
    }
    for (name, value) in &said.parameters {
        let name = name.to_lowercase();
        table.options.parameters.retain(|(known, _)| *known != name);
        if !is_nothing(&name, value) {
            table.options.parameters.push((name.clone(), shown(&name, value)));
        }
    }
    table.options.parameters.sort();
}

/// Whether a value says what a table is anyway. Aria's tables are transactional, and say so or not by their history.
fn is_nothing(name: &str, value: &str) -> bool {
    value.eq_ignore_ascii_case("default")
        || value == "0" && ZERO_IS_NONE.contains(&name)
        || value == "1" && name == "transactional"
}

/// An engine that is not the database's own, as the catalog writes it.
fn own_engine(facts: &Facts, engine: &str) -> Option<String> {
    let name = match engine.to_lowercase().as_str() {
        "heap" => "MEMORY".to_owned(),
        lower => {
            ENGINES.iter().find(|name| name.to_lowercase() == lower).map_or(engine, |name| name).to_owned()
        }
    };
    (!name.eq_ignore_ascii_case(&facts.own.engine)).then_some(name)
}

const ENGINES: &[&str] = &[
    "InnoDB",
    "MyISAM",
    "MEMORY",
    "Aria",
    "ARCHIVE",
    "CSV",
    "BLACKHOLE",
    "MRG_MyISAM",
    "FEDERATED",
    "CONNECT",
    "ROCKSDB",
    "ColumnStore",
    "SPIDER",
    "S3",
    "ndbcluster",
];

/// The value as the catalog shows it.
fn shown(name: &str, value: &str) -> String {
    match PARAMETERS.iter().find(|(known, _)| *known == name) {
        Some((_, Form::Number | Form::Word)) => value.to_uppercase(),
        _ => value.to_owned(),
    }
}

/// Refuses a comment that the server would cut.
pub(super) fn check_comment(text: &str) -> Result<(), Refusal> {
    match text.chars().count() {
        0..=2048 => Ok(()),
        count => Err(Refusal::new(
            format!("the table's comment has {count} characters; the server keeps 2048"),
            "shorten it",
        )),
    }
}

/// What `CREATE_OPTIONS` says, by name.
pub(super) fn read(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some((name, after)) = word(rest) {
        let Some(after) = after.strip_prefix('=') else {
            // `partitioned` is no parameter.
            rest = after.trim_start();
            continue;
        };
        let Some((value, after)) = word(after) else { break };
        let name = name.to_lowercase();
        if PARAMETERS.iter().any(|(known, _)| *known == name) && !is_nothing(&name, &value) {
            let value = shown(&name, &value);
            out.push((name, value));
        }
        rest = after.trim_start();
    }
    out.sort();
    out
}

/// The next word or quoted piece, without its quotes, and what follows it.
fn word(text: &str) -> Option<(String, &str)> {
    let first = text.chars().next()?;
    if matches!(first, '\'' | '`' | '"') {
        let inside = &text[1..];
        let end = inside.find(first)?;
        return Some((inside[..end].to_owned(), &inside[end + 1..]));
    }
    let end = text.find([' ', '=']).unwrap_or(text.len());
    // A name of two words: `DATA DIRECTORY='…'`.
    (end > 0).then(|| (text[..end].to_owned(), &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_in_both_their_forms() {
        let read = read(
            "max_rows=5 partitioned row_format=COMPRESSED key_block_size=8 `page_compressed`='1' DATA DIRECTORY='/x y/'",
        );
        let read: Vec<(&str, &str)> = read.iter().map(|(name, value)| (&**name, &**value)).collect();
        let expected = [
            ("key_block_size", "8"),
            ("max_rows", "5"),
            ("page_compressed", "1"),
            ("row_format", "COMPRESSED"),
        ];
        assert_eq!(read, expected);
    }
}
