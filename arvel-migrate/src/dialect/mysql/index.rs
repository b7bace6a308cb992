//! Indexes and unique keys as CREATE and ALTER say them, and as the catalog shows them.
//!
//! The server takes more than it keeps: a method that an engine does not have, a length that is the whole column, an
//! order before the version that knows it. What would be another index than the one that was asked for is refused; what
//! is the same in fewer words is kept in the fewer.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{IndexColumn, IndexDef, IndexKey, IndexKind},
    schema::{Column, Index, Table},
};

use super::{facts::Facts, literal, shape::Refusal, types::is_shape};

/// `` UNIQUE INDEX `posts_slug_unique` (`slug`) ``, for a table as far as it is known.
pub(super) fn index(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &IndexDef,
    table: Option<&Table>,
) -> Result<String, CompileError> {
    check(facts, def, table).map_err(|refusal| refusal.of(scope))?;
    let kind = match def.kind {
        IndexKind::Index => "INDEX",
        IndexKind::Unique => "UNIQUE INDEX",
        IndexKind::FullText => "FULLTEXT INDEX",
        IndexKind::Spatial => "SPATIAL INDEX",
        IndexKind::Vector => "VECTOR INDEX",
    };
    let mut sql = format!("{kind} {}", scope.ident(&def.name)?);
    if let Some(method) = &def.method {
        sql.push_str(&format!(" USING {}", method.to_uppercase()));
    }
    let parts = def.columns.iter().map(|part| self::part(scope, part)).collect::<Result<Vec<_>, _>>()?;
    sql.push_str(&format!(" ({})", parts.join(", ")));
    for (name, value) in &def.parameters {
        match name.to_lowercase().as_str() {
            "parser" => sql.push_str(&format!(" WITH PARSER {}", scope.ident(value)?)),
            name => sql.push_str(&format!(" {} = {value}", name.to_uppercase())),
        }
    }
    if let Some(text) = &def.comment {
        sql.push_str(&format!(" COMMENT {}", literal::text(text)));
    }
    if let Some(word) = facts.index_hidden.filter(|_| def.invisible) {
        sql.push_str(&format!(" {word}"));
    }
    Ok(sql)
}

fn part(scope: &Scope<'_>, part: &IndexColumn) -> Result<String, CompileError> {
    let key = match &part.key {
        IndexKey::Column(name) => scope.ident(name)?,
        IndexKey::Expression(text) => format!("({text})"),
    };
    let length = part.length.map_or_else(String::new, |length| format!("({length})"));
    Ok(key + &length + if part.descending { " DESC" } else { "" })
}

/// The index as the catalog will show it.
pub(super) fn shape(facts: &Facts, def: &IndexDef, table: &Table) -> Index {
    let mut index = Index::of(def);
    for part in &mut index.columns {
        let whole =
            part.name().and_then(|name| table.column(name)).and_then(|column| room(&column.type_name));
        if part.length.is_some() && part.length == whole {
            part.length = None;
        }
    }
    let method = index.method.map(|method| method.to_lowercase());
    index.method = method.filter(|method| method != own_method(facts, table));
    index.comment = index.comment.filter(|text| !text.is_empty());
    for (name, _) in &mut index.parameters {
        *name = name.to_lowercase();
    }
    index.parameters.sort();
    index
}

/// The method of an index that says none.
pub(super) fn own_method(facts: &Facts, table: &Table) -> &'static str {
    if keeps_hashes(engine(facts, table)) { "hash" } else { "btree" }
}

fn engine<'a>(facts: &'a Facts, table: &'a Table) -> &'a str {
    table.options.engine.as_deref().unwrap_or(&facts.own.engine)
}

/// "Storage Engine Index Types" of both manuals.
fn keeps_hashes(engine: &str) -> bool {
    ["memory", "heap", "ndb", "ndbcluster"].contains(&engine.to_lowercase().as_str())
}

fn check(facts: &Facts, def: &IndexDef, table: Option<&Table>) -> Result<(), Refusal> {
    let name = &def.name;
    let ordinary = matches!(def.kind, IndexKind::Index | IndexKind::Unique);
    if let Some(method) = &def.method {
        self::method(facts, def, method, table)?;
    }
    if matches!(def.kind, IndexKind::Spatial | IndexKind::Vector) && def.columns.len() != 1 {
        let reason =
            format!("index `{name}` covers {} columns; of its kind it covers one", def.columns.len());
        return Err(Refusal::new(reason, "make one index for each column"));
    }
    for part in &def.columns {
        if !ordinary && (part.descending || part.length.is_some()) {
            let reason =
                format!("index `{name}` is of a kind that has no order and no length of its columns");
            return Err(Refusal::new(reason, "take them away"));
        }
        let column = part.name().and_then(|name| table?.column(name));
        if let Some(column) = column {
            covers(facts, def, part, column)?;
        }
    }
    for (parameter, value) in &def.parameters {
        self::parameter(facts, def, &parameter.to_lowercase(), value)?;
    }
    match def.comment.as_ref().map(|text| text.chars().count()) {
        Some(count) if count > 1024 => Err(Refusal::new(
            format!("the comment of index `{name}` has {count} characters; the server keeps 1024"),
            "shorten it",
        )),
        _ => Ok(()),
    }
}

fn method(facts: &Facts, def: &IndexDef, method: &str, table: Option<&Table>) -> Result<(), Refusal> {
    let name = &def.name;
    if !matches!(def.kind, IndexKind::Index | IndexKind::Unique) {
        let reason = format!("index `{name}` is of a kind that has a method of its own");
        return Err(Refusal::new(reason, "take `method(…)` away"));
    }
    let hashes = table.is_some_and(|table| keeps_hashes(engine(facts, table)));
    let by_hash = def.kind == IndexKind::Unique && facts.unique_by_hash;
    match method.to_lowercase().as_str() {
        "btree" => Ok(()),
        "hash" if hashes || by_hash => Ok(()),
        "hash" => Err(Refusal::new(
            format!("index `{name}`: the table's engine takes `hash` and builds a B-tree"),
            "take `method(\"hash\")` away, or use the engine MEMORY",
        )),
        other => Err(Refusal::new(format!("index `{name}`: there is no method `{other}`"), "use `btree`")),
    }
}

fn parameter(facts: &Facts, def: &IndexDef, parameter: &str, value: &str) -> Result<(), Refusal> {
    let name = &def.name;
    let refuse = |reason: String, alternative: &str| Err(Refusal::new(reason, alternative));
    match (parameter, def.kind) {
        ("parser", IndexKind::FullText) => Ok(()),
        ("m", IndexKind::Vector) if value.parse::<u32>().is_ok() && facts.vector_index => Ok(()),
        ("distance", IndexKind::Vector)
            if ["euclidean", "cosine"].contains(&value.to_lowercase().as_str()) && facts.vector_index =>
        {
            Ok(())
        }
        ("key_block_size", _) => refuse(
            format!("index `{name}`: InnoDB has no `key_block_size` of a single index"),
            "make it a parameter of the table",
        ),
        _ => refuse(format!("index `{name}` has no parameter `{parameter}` of that value"), "take it away"),
    }
}

/// Whether a part of an index can be over a column.
fn covers(facts: &Facts, def: &IndexDef, part: &IndexColumn, column: &Column) -> Result<(), Refusal> {
    let (name, type_name, of) = (&def.name, &column.type_name, &column.name);
    let word = word(type_name);
    match def.kind {
        IndexKind::FullText if !is_searched(word) => {
            let reason = format!("full text index `{name}` covers `{of}`, a {type_name}");
            return Err(Refusal::new(reason, "index columns of `char`, `string` or `text`"));
        }
        IndexKind::Spatial if !is_shape(word) => {
            let reason = format!("spatial index `{name}` covers `{of}`, a {type_name}");
            return Err(Refusal::new(reason, "index a `geometry(…)`"));
        }
        IndexKind::Spatial | IndexKind::Vector if column.nullable => {
            let reason = format!("index `{name}` covers `{of}`, which may be NULL");
            return Err(Refusal::new(reason, format!("take `nullable()` of `{of}` away")));
        }
        IndexKind::FullText | IndexKind::Spatial | IndexKind::Vector => return Ok(()),
        IndexKind::Index | IndexKind::Unique => {}
    }
    let by_hash = facts.unique_by_hash
        && def.kind == IndexKind::Unique
        && def.method.as_ref().is_some_and(|method| method.eq_ignore_ascii_case("hash"));
    match (part.length, is_unlimited(type_name)) {
        // MySQL wants a length; MariaDB takes one of its own choice with no more than a warning.
        (None, true) if !by_hash => Err(Refusal::new(
            format!("index `{name}` covers `{of}`, a {type_name}, whole; only a part of it can be indexed"),
            format!("index a part of it with `prefix`, or make it a `string_of(\"{of}\", …)`"),
        )),
        (Some(length), _) if !has_parts(word) || length == 0 => Err(Refusal::new(
            format!("index `{name}` covers {length} characters of `{of}`, a {type_name}, which has none"),
            "take the length away",
        )),
        (Some(length), _) if room(type_name).is_some_and(|room| length > room) => Err(Refusal::new(
            format!("index `{name}` covers {length} characters of `{of}`, a {type_name}"),
            "take the length away",
        )),
        _ => Ok(()),
    }
}

/// Refuses a change of a column with which an index over it can not live.
pub(super) fn still_fit(facts: &Facts, table: &Table, column: &Column) -> Result<(), Refusal> {
    for index in &table.indexes {
        let parts = index.columns.iter().filter(|part| part.name() == Some(&column.name));
        for part in parts {
            let method = index.method.clone();
            let def = IndexDef { method, kind: index.kind, name: index.name.clone(), ..IndexDef::default() };
            let part = IndexColumn { length: kept_length(part.length, column), ..part.clone() };
            covers(facts, &def, &part, column)?;
        }
    }
    Ok(())
}

/// The length of an index over a column after its change: the server forgets one that the column no longer has room
/// for, or that its type does not take.
pub(super) fn kept_length(length: Option<u32>, column: &Column) -> Option<u32> {
    length
        .filter(|_| has_parts(word(&column.type_name)))
        .filter(|length| room(&column.type_name).is_none_or(|room| *length < room))
}

/// The first word of a type in the catalog's words.
fn word(type_name: &str) -> &str {
    type_name.split(['(', ' ']).next().unwrap_or_default()
}

fn is_searched(word: &str) -> bool {
    word.ends_with("text") || word == "char" || word == "varchar"
}

/// Whether a part of its values can be indexed.
fn has_parts(word: &str) -> bool {
    is_searched(word) || word.ends_with("blob") || word == "binary" || word == "varbinary"
}

fn is_unlimited(type_name: &str) -> bool {
    let word = word(type_name);
    word.ends_with("text") || word.ends_with("blob") || word == "json" || is_shape(word)
}

/// How many characters or bytes a type has room for.
fn room(type_name: &str) -> Option<u32> {
    let inside = type_name.split_once('(')?.1.split(')').next()?;
    has_parts(word(type_name)).then(|| inside.parse().ok())?
}
