//! Indexes: `CREATE INDEX` with all that it can say, which unique keys are constraints, and the one reading of an
//! index that what is folded and what is inspected share.
//!
//! A unique key is a constraint, so that `ON CONFLICT ON CONSTRAINT` can name it, unless it says something that only an
//! index can: a part of the rows, an expression, an order.

use crate::{
    dialect::{CompileError, Probe, Statement, quote, scope::Scope},
    operation::{IndexColumn, IndexDef, IndexKey, IndexKind, NullsOrder, TableName},
    schema::{Column, Index},
};

use super::{QUOTE, full_text, normalize, options, types};

/// The class of a vector index that says none: by the angle, as most embeddings are compared.
/// <https://github.com/pgvector/pgvector#hnsw>
const VECTOR_CLASS: &str = "vector_cosine_ops";

/// Whether a unique key is a constraint of the table.
pub(super) fn is_constraint(def: &IndexDef) -> bool {
    def.kind == IndexKind::Unique
        && def.predicate.is_none()
        && matches!(def.method.as_deref(), None | Some("btree"))
        && def.columns.iter().all(|part| match part.name() {
            Some(name) => plain_part(part) == IndexColumn::column(name.as_str()),
            None => false,
        })
}

/// Refuses what no index of this kind can say.
fn check(scope: &Scope<'_>, def: &IndexDef) -> Result<(), CompileError> {
    let name = &def.name;
    let refuse = |reason: String, alternative: &str| Err(scope.unsupported(reason, alternative));
    if def.deferrable.is_some() && !is_constraint(def) {
        return refuse(
            format!(
                "`{name}` can not wait for the end of the transaction: only a unique key over whole columns can"
            ),
            "take `deferrable()` away, or what makes it more than a unique key",
        );
    }
    if def.nulls_not_distinct && def.kind != IndexKind::Unique {
        return refuse(format!("`{name}` is not unique, so that NULLs do not collide"), "make it unique");
    }
    if def.language.is_some() && def.kind != IndexKind::FullText {
        return refuse(format!("`{name}` is no full text index, and has no language"), "use `full_text(…)`");
    }
    if def.mode.not_valid {
        return refuse(
            format!("`{name}` is an index, which holds all rows from the beginning"),
            "take `not_valid()` away; `online()` builds it while others work",
        );
    }
    Ok(())
}

/// `CONSTRAINT "posts_slug_unique" UNIQUE ("slug")`.
pub(super) fn constraint(scope: &Scope<'_>, def: &IndexDef) -> Result<String, CompileError> {
    check(scope, def)?;
    let columns: Vec<String> = def.column_names().cloned().collect();
    let nulls = if def.nulls_not_distinct { " NULLS NOT DISTINCT" } else { "" };
    let mut sql = format!("CONSTRAINT {} UNIQUE{nulls} ({})", scope.ident(&def.name)?, scope.list(&columns)?);
    if !def.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", scope.list(&def.include)?));
    }
    sql.push_str(&options::with(&def.parameters));
    if let Some(tablespace) = options::tablespace(&def.parameters) {
        sql.push_str(&format!(" USING INDEX TABLESPACE {}", scope.ident(tablespace)?));
    }
    if let Some(deferrable) = def.deferrable {
        sql.push_str(&format!(" {}", deferrable.sql()));
    }
    Ok(sql)
}

/// How the statement is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Build {
    /// With writers waiting.
    Plain,
    /// While writers go on.
    Concurrently,
}

/// `CREATE INDEX`. `columns` are those of the table, as far as they are known.
pub(super) fn create(
    scope: &Scope<'_>,
    table: &TableName,
    def: &IndexDef,
    columns: &[Column],
    build: Build,
) -> Result<Statement, CompileError> {
    check(scope, def)?;
    let unique = if def.kind == IndexKind::Unique { "UNIQUE " } else { "" };
    let concurrently = if build == Build::Concurrently { "CONCURRENTLY " } else { "" };
    let method = def.method.as_deref().or(own_method(def.kind).filter(|method| *method != "btree"));
    let method = match method {
        Some(method) => format!("USING {} ", quote::identifier(method, QUOTE)),
        None => String::new(),
    };
    let key = match def.kind {
        IndexKind::FullText => full_text::key(scope, def, columns)?,
        kind => {
            let parts = def.columns.iter().map(|column| part(scope, column, kind));
            parts.collect::<Result<Vec<_>, _>>()?.join(", ")
        }
    };
    let mut sql = format!(
        "CREATE {unique}INDEX {concurrently}{} ON {} {method}({key})",
        scope.ident(&def.name)?,
        scope.table(table)?,
    );
    if !def.include.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", scope.list(&def.include)?));
    }
    if def.nulls_not_distinct {
        sql.push_str(" NULLS NOT DISTINCT");
    }
    sql.push_str(&options::with(&def.parameters));
    if let Some(tablespace) = options::tablespace(&def.parameters) {
        sql.push_str(&format!(" TABLESPACE {}", scope.ident(tablespace)?));
    }
    if let Some(predicate) = &def.predicate {
        sql.push_str(&format!(" WHERE {predicate}"));
    }
    Ok(Statement::new(sql).probed(Probe::IndexExists(table.clone(), def.name.clone())))
}

fn part(scope: &Scope<'_>, column: &IndexColumn, kind: IndexKind) -> Result<String, CompileError> {
    let mut sql = match &column.key {
        IndexKey::Column(name) => scope.ident(name)?,
        IndexKey::Expression(text) => format!("({text})"),
    };
    if let Some(collation) = &column.collation {
        sql.push_str(&format!(" COLLATE {}", scope.ident(collation)?));
    }
    let class = column.operator_class.as_deref().or((kind == IndexKind::Vector).then_some(VECTOR_CLASS));
    if let Some(class) = class {
        sql.push_str(&format!(" {}", quote::identifier(class, QUOTE)));
    }
    if column.descending {
        sql.push_str(" DESC");
    }
    sql.push_str(match column.nulls {
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
        None => "",
    });
    Ok(sql)
}

/// `COMMENT ON INDEX`. An index lives in the schema of its table.
pub(super) fn comment(
    scope: &Scope<'_>,
    table: &TableName,
    def: &IndexDef,
) -> Result<Option<Statement>, CompileError> {
    let Some(text) = &def.comment else { return Ok(None) };
    let name = scope.table(&beside(table, &def.name))?;
    let sql = format!("COMMENT ON INDEX {name} IS {}", quote::text(text));
    Ok(Some(Statement::new(sql).probed(Probe::Repeatable)))
}

/// The name of something that lives in the schema of a table.
pub(super) fn beside(table: &TableName, name: &str) -> TableName {
    TableName { schema: table.schema.clone(), name: name.to_owned() }
}

fn own_method(kind: IndexKind) -> Option<&'static str> {
    Some(match kind {
        IndexKind::Index | IndexKind::Unique => "btree",
        IndexKind::FullText => "gin",
        IndexKind::Spatial => "gist",
        IndexKind::Vector => "hnsw",
    })
}

/// The index as the catalog will show it.
pub(super) fn folded(def: &IndexDef, columns: &[Column]) -> Index {
    let mut index = Index { constraint: is_constraint(def), ..Index::of(def) };
    index.comment = def.comment.clone().filter(|text| !text.is_empty());
    canonical(index, columns)
}

/// One reading for what can be said in several ways: without what the server takes by itself, and under the kind that
/// its method and its columns make of it.
pub(super) fn canonical(mut index: Index, columns: &[Column]) -> Index {
    let method = index.method.take().or(own_method(index.kind).map(str::to_owned)).unwrap_or_default();
    let known: Vec<Option<&Column>> = index
        .columns
        .iter()
        .map(|part| columns.iter().find(|column| Some(&column.name) == part.name()))
        .collect();
    if index.kind != IndexKind::Unique {
        let all = |is: fn(&str) -> bool| known.iter().all(|known| known.is_some_and(|c| is(&c.type_name)));
        index.kind = match method.as_str() {
            "gin" | "gist" if index.kind == IndexKind::FullText => IndexKind::FullText,
            "gin" if all(|name| name == "tsvector") => IndexKind::FullText,
            "gist" if index.kind == IndexKind::Spatial || all(is_shape) => IndexKind::Spatial,
            "hnsw" | "ivfflat" if all(|name| name.starts_with("vector")) => IndexKind::Vector,
            _ if index.kind == IndexKind::Vector || index.kind == IndexKind::Spatial => index.kind,
            _ => IndexKind::Index,
        };
    }
    index.predicate = index.predicate.as_deref().map(normalize::expression);
    for (part, known) in index.columns.iter_mut().zip(&known) {
        *part = plain_part(part);
        if let IndexKey::Expression(text) = &mut part.key {
            *text = normalize::expression(text);
        }
        let usual = match index.kind {
            IndexKind::Vector => Some(VECTOR_CLASS),
            _ => known.and_then(|column| usual_class(&method, &column.type_name)),
        };
        part.operator_class = part.operator_class.take().filter(|class| Some(class.as_str()) != usual);
        let own = known.and_then(|column| column.collation.as_deref()).unwrap_or("default");
        part.collation = part.collation.take().filter(|collation| collation != own);
    }
    index.language = index.language.take().filter(|language| language != full_text::LANGUAGE);
    index.method = Some(method).filter(|method| own_method(index.kind) != Some(method.as_str()));
    index.parameters.sort();
    index
}

/// Without the order of NULLs that the direction implies.
fn plain_part(part: &IndexColumn) -> IndexColumn {
    let usual = if part.descending { NullsOrder::First } else { NullsOrder::Last };
    IndexColumn { nulls: part.nulls.filter(|nulls| *nulls != usual), ..part.clone() }
}

fn is_shape(type_name: &str) -> bool {
    let base = type_name.split('(').next().unwrap_or(type_name);
    matches!(base, "point" | "box" | "polygon" | "circle" | "geometry" | "geography")
}

/// The operator class that a type has by itself, for the types of the vocabulary.
fn usual_class(method: &str, type_name: &str) -> Option<&'static str> {
    let base = types::base(type_name);
    Some(match (method, base.as_str()) {
        ("btree" | "hash", "text" | "character varying") => "text_ops",
        ("btree" | "hash", "character") => "bpchar_ops",
        ("btree" | "hash", "smallint") => "int2_ops",
        ("btree" | "hash", "integer") => "int4_ops",
        ("btree" | "hash", "bigint") => "int8_ops",
        ("btree" | "hash", "numeric") => "numeric_ops",
        ("btree" | "hash", "uuid") => "uuid_ops",
        ("btree" | "hash", "date") => "date_ops",
        ("btree" | "hash", "timestamp without time zone") => "timestamp_ops",
        ("btree" | "hash", "timestamp with time zone") => "timestamptz_ops",
        ("btree" | "hash", "boolean") => "bool_ops",
        ("btree" | "hash", "bytea") => "bytea_ops",
        ("btree" | "hash", "jsonb") => "jsonb_ops",
        ("gin", "jsonb") => "jsonb_ops",
        ("gin", "tsvector") => "tsvector_ops",
        ("gin", array) if array.ends_with("[]") => "array_ops",
        ("gist", "point") => "point_ops",
        ("gist", "box") => "box_ops",
        ("gist", "polygon") => "poly_ops",
        ("gist", "circle") => "circle_ops",
        _ => return None,
    })
}
