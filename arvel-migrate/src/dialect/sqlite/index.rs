//! Indexes as text: how one is written, and how a text of `sqlite_schema` is read, renamed and searched for columns.
//!
//! What is indexed is put in parentheses when it is an expression, so that its end is never in doubt.

use super::{
    QUOTE,
    clause::ClauseKind,
    column,
    compile::Context,
    ddl,
    definition::Definition,
    text::{self, Token, by_commas, close, span, tokens},
};
use crate::{
    dialect::{CompileError, quote},
    operation::{IndexColumn, IndexDef, IndexKey, IndexKind, TableName},
    schema::Index,
};

/// `CREATE [UNIQUE] INDEX … ON … (…) [WHERE …]`.
pub(super) fn create(
    context: &Context<'_>,
    table: &str,
    index: &IndexDef,
    if_not_exists: bool,
) -> Result<String, CompileError> {
    context.name(&index.name)?;
    let parts: Vec<String> =
        index.columns.iter().map(|part| written(context, part)).collect::<Result<_, _>>()?;
    let predicate = index.predicate.as_ref().map(|predicate| format!(" WHERE {predicate}"));
    Ok(format!(
        "CREATE {}INDEX {}{} ON {} ({}){}",
        if index.kind == IndexKind::Unique { "UNIQUE " } else { "" },
        if if_not_exists { "IF NOT EXISTS " } else { "" },
        quote::identifier(&index.name, QUOTE),
        quote::identifier(table, QUOTE),
        parts.join(", "),
        predicate.unwrap_or_default()
    ))
}

/// `"name" COLLATE "NOCASE" DESC`.
fn written(context: &Context<'_>, part: &IndexColumn) -> Result<String, CompileError> {
    let mut out = match &part.key {
        IndexKey::Column(name) => {
            context.name(name)?;
            quote::identifier(name, QUOTE)
        }
        IndexKey::Expression(sql) => format!("({sql})"),
    };
    if let Some(name) = &part.collation {
        column::collation(context, name)?;
        out.push(' ');
        out.push_str(&column::collate(name));
    }
    if part.descending {
        out.push_str(" DESC");
    }
    Ok(out)
}

/// Refuses an index over columns that the table does not have: SQLite would take their names for texts.
pub(super) fn require_columns(
    context: &Context<'_>,
    table: &TableName,
    index: &IndexDef,
    has: impl Fn(&str) -> bool,
) -> Result<(), CompileError> {
    for part in &index.columns {
        match &part.key {
            IndexKey::Column(name) if !has(name) => return Err(context.missing(table, "column", name)),
            IndexKey::Column(_) => {}
            IndexKey::Expression(sql) => ddl::require_quoted(context, table, sql, &has)?,
        }
    }
    match &index.predicate {
        Some(predicate) => ddl::require_quoted(context, table, predicate, has),
        None => Ok(()),
    }
}

/// Reads the text of an index of this table.
pub(super) fn read(definition: &Definition, name: &str, sql: &str) -> Index {
    let tokens = tokens(sql);
    let group = group(&tokens).unwrap_or(&[]);
    let unique = tokens.get(1).is_some_and(|token| token.is("unique"));
    let mut columns: Vec<IndexColumn> = by_commas(group).iter().map(|part| self::part(sql, part)).collect();
    columns.iter_mut().for_each(|part| plain(definition, part));
    Index {
        name: name.to_owned(),
        columns,
        kind: if unique { IndexKind::Unique } else { IndexKind::Index },
        predicate: predicate(sql),
        sql: Some(sql.to_owned()),
        ..Index::default()
    }
}

/// What is indexed, without regard to its table.
pub(super) fn parts(sql: &str) -> Vec<IndexColumn> {
    let tokens = tokens(sql);
    by_commas(group(&tokens).unwrap_or(&[])).iter().map(|part| self::part(sql, part)).collect()
}

/// The condition behind WHERE.
pub(super) fn predicate(sql: &str) -> Option<String> {
    let tokens = tokens(sql);
    let end = end(&tokens)?;
    let (word, rest) = tokens[end + 1..].split_first()?;
    (word.is("where") && !rest.is_empty()).then(|| span(sql, rest).to_owned())
}

/// A column under the name that the table has for it, and without a collation that is the column's own anyway.
pub(super) fn plain(definition: &Definition, part: &mut IndexColumn) {
    let IndexKey::Column(name) = &mut part.key else { return };
    let Some(item) = definition.column(name) else { return };
    if let Some(head) = &item.column {
        name.clone_from(&head.name);
    }
    let own = item.collation().unwrap_or("BINARY");
    part.collation = part.collation.take().filter(|collation| !collation.eq_ignore_ascii_case(own));
}

fn end(tokens: &[Token<'_>]) -> Option<usize> {
    close(tokens, tokens.iter().position(|token| token.symbol("("))?)
}

fn group<'t, 'a>(tokens: &'t [Token<'a>]) -> Option<&'t [Token<'a>]> {
    let open = tokens.iter().position(|token| token.symbol("("))?;
    Some(&tokens[open + 1..close(tokens, open)?])
}

/// One entry of the list: a name or an expression, with what stands behind it.
pub(super) fn part(sql: &str, part: &[Token<'_>]) -> IndexColumn {
    let mut part = part;
    let mut descending = false;
    if let [rest @ .., last] = part
        && (last.is("asc") || last.is("desc"))
        && !rest.is_empty()
    {
        descending = last.is("desc");
        part = rest;
    }
    let mut collation = None;
    loop {
        match part {
            // The outermost one counts.
            [rest @ .., collate, name] if collate.is("collate") && !rest.is_empty() => {
                collation.get_or_insert_with(|| name.name());
                part = rest;
            }
            [open, inside @ .., _]
                if open.symbol("(") && !inside.is_empty() && close(part, 0) == Some(part.len() - 1) =>
            {
                part = inside;
            }
            _ => break,
        }
    }
    let key = match part {
        [only] if only.nameable() => IndexColumn::column(only.name()),
        _ => IndexColumn::expression(span(sql, part)),
    };
    IndexColumn { descending, collation, ..key }
}

/// The indexes that SQLite makes for constraints, numbered as it numbers them. The one of the primary key counts but is
/// not shown; that of a key of one INTEGER is there only without a rowid, and comes behind all others.
pub(super) fn automatic(definition: &Definition) -> Vec<Index> {
    let table = definition.table();
    let mut seen: Vec<Vec<(String, Option<String>)>> = Vec::new();
    let mut out = Vec::new();
    for item in &definition.items {
        for clause in &item.clauses {
            let (mut columns, primary) = match &clause.kind {
                ClauseKind::Unique { columns } => (columns.clone(), false),
                ClauseKind::PrimaryKey { columns, .. } => {
                    (columns.iter().map(IndexColumn::column).collect(), true)
                }
                _ => continue,
            };
            if let Some(head) = &item.column {
                columns = vec![IndexColumn::column(&head.name)];
            }
            if primary && definition.integer_key().is_some() {
                continue;
            }
            columns.iter_mut().for_each(|part| plain(definition, part));
            let lower = |part: &IndexColumn| {
                (part.text().to_ascii_lowercase(), part.collation.as_deref().map(str::to_ascii_lowercase))
            };
            let key: Vec<_> = columns.iter().map(lower).collect();
            if seen.contains(&key) {
                continue;
            }
            seen.push(key);
            if !primary {
                out.push(Index {
                    name: format!("sqlite_autoindex_{table}_{}", seen.len()),
                    columns,
                    kind: IndexKind::Unique,
                    constraint: true,
                    ..Index::default()
                });
            }
        }
    }
    out
}

/// The text of an index after a column took another name.
pub(super) fn rename_column(sql: &str, from: &str, to: &str) -> String {
    text::replace(sql, &quote::identifier(to, QUOTE), |tokens, index| {
        tokens[..index].iter().any(|token| token.symbol("(")) && text::is_column(tokens, index, from)
    })
}

/// The text of an index with another name, or of another table.
pub(super) fn rename(sql: &str, to: Option<&str>, table: Option<&str>) -> String {
    let on = |tokens: &[Token<'_>]| tokens.iter().position(|token| token.is("on"));
    let mut sql = sql.to_owned();
    if let Some(to) = to {
        sql = text::replace(&sql, &quote::identifier(to, QUOTE), |tokens, index| {
            on(tokens).is_some_and(|on| index + 1 == on)
        });
    }
    if let Some(table) = table {
        sql = text::replace(&sql, &quote::identifier(table, QUOTE), |tokens, index| {
            on(tokens).is_some_and(|on| index == on + 1)
        });
    }
    sql
}

/// Whether an expression is about this column and no other.
pub(super) fn says_only(definition: &Definition, expression: &str, column: &str) -> bool {
    let tokens = tokens(expression);
    let uses = |name: &str| (0..tokens.len()).any(|index| text::is_column(&tokens, index, name));
    definition.columns().all(|(head, _)| uses(&head.name) == head.name.eq_ignore_ascii_case(column))
}

/// Whether what is indexed is made of this column and no other.
pub(super) fn is_about_only(definition: &Definition, sql: &str, column: &str) -> bool {
    let tokens = tokens(sql);
    let (Some(open), Some(end)) = (tokens.iter().position(|token| token.symbol("(")), end(&tokens)) else {
        return false;
    };
    let uses = |name: &str| (open..end).any(|index| text::is_column(&tokens, index, name));
    definition.columns().all(|(head, _)| uses(&head.name) == head.name.eq_ignore_ascii_case(column))
}

/// Whether an index's text uses a column.
pub(super) fn uses(sql: &str, column: &str) -> bool {
    let tokens = tokens(sql);
    let Some(open) = tokens.iter().position(|token| token.symbol("(")) else { return false };
    (open..tokens.len()).any(|index| text::is_column(&tokens, index, column))
}
