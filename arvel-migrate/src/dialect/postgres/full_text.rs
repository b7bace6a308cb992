//! Full text: a `gin` index over `to_tsvector(language, …)`, and how it is recognised.
//!
//! Over several columns the document is all of them, and a NULL is an empty text: without the `coalesce` a row with one
//! NULL would be found by none of its words. A search must say the same expression, so [`document`] is the one that the
//! docs show. A column that is a `tsvector` already is indexed as it is.

use crate::{
    dialect::{CompileError, quote, scope::Scope},
    operation::{IndexColumn, IndexDef},
    schema::Column,
};

use super::name;

/// The language when none is said.
pub(super) const LANGUAGE: &str = "english";

/// What stands between the parentheses of the index.
pub(super) fn key(scope: &Scope<'_>, index: &IndexDef, columns: &[Column]) -> Result<String, CompileError> {
    let refuse = |reason: String, alternative: &str| Err(scope.unsupported(reason, alternative));
    let mut names = Vec::new();
    for part in &index.columns {
        match part.name() {
            Some(column) if *part == IndexColumn::column(column.as_str()) => names.push(column.clone()),
            _ => {
                return refuse(
                    format!("full text index `{}` is over whole columns, in no order", index.name),
                    "write an index over the expression `to_tsvector(…)` with the method `gin`",
                );
            }
        }
    }
    let type_of = |name: &String| {
        let column = columns.iter().find(|column| &column.name == name);
        column.map_or("", |column| column.type_name.as_str())
    };
    match names.as_slice() {
        [only] if type_of(only) == "tsvector" => match &index.language {
            None => scope.ident(only),
            Some(language) => refuse(
                format!(
                    "column `{only}` is a `tsvector`, which was prepared in a language already, not `{language}`"
                ),
                "take `language(…)` away",
            ),
        },
        [_] => document(scope, index.language.as_deref(), &names),
        several => {
            let odd = several.iter().find(|name| matches!(type_of(name), "tsvector" | "json" | "jsonb"));
            match odd {
                None => Ok(format!("({})", document(scope, index.language.as_deref(), &names)?)),
                Some(odd) => refuse(
                    format!("column `{odd}` is no text, and can not be a part of one document with others"),
                    "make an index for it alone",
                ),
            }
        }
    }
}

/// The document that is indexed, and searched: `to_tsvector('english', "body")`.
fn document(scope: &Scope<'_>, language: Option<&str>, columns: &[String]) -> Result<String, CompileError> {
    let language = quote::text(language.unwrap_or(LANGUAGE));
    let alone = columns.len() == 1;
    let mut parts = Vec::with_capacity(columns.len());
    for column in columns {
        let column = scope.ident(column)?;
        let text = if alone { column } else { format!("coalesce({column}, '')") };
        parts.push(format!("to_tsvector({language}, {text})"));
    }
    Ok(parts.join(" || "))
}

/// The language and the columns of an expression that [`document`] made, in the server's words.
pub(super) fn read(expression: &str) -> Option<(String, Vec<String>)> {
    let mut rest = expression.trim_start_matches('(');
    let (mut language, mut columns, mut empties) = (None, Vec::new(), 0);
    loop {
        let (found, after) = super::default::unquote(rest.strip_prefix("to_tsvector(")?)?;
        if *language.get_or_insert_with(|| found.clone()) != found {
            return None;
        }
        let argument = after.strip_prefix("::regconfig, ")?;
        let (argument, filled) = match argument.strip_prefix("COALESCE(") {
            Some(inside) => (inside, true),
            None => (argument, false),
        };
        let (column, mut after) = name::read(argument)?;
        if filled {
            after = after.strip_prefix(", ''::")?;
            after = &after[after.find(')')? + 1..];
            empties += 1;
        }
        columns.push(column);
        after = after.strip_prefix("::text").unwrap_or(after).strip_prefix(')')?.trim_start_matches(')');
        if after.is_empty() {
            break;
        }
        rest = after.strip_prefix(" || ")?;
    }
    let as_made = if columns.len() == 1 { empties == 0 } else { empties == columns.len() };
    as_made.then_some((language?, columns))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_made_here_is_read() {
        let one = "to_tsvector('english'::regconfig, a::text)";
        assert_eq!(read(one), Some(("english".into(), vec!["a".into()])));
        let two = "(to_tsvector('simple'::regconfig, COALESCE(a, ''::character varying)::text) || \
                   to_tsvector('simple'::regconfig, COALESCE(\"E e\"\"\", ''::text)))";
        assert_eq!(read(two), Some(("simple".into(), vec!["a".into(), "E e\"".into()])));
        let three = "((to_tsvector('x'::regconfig, COALESCE(a, ''::text)) || to_tsvector('x'::regconfig, \
                     COALESCE(b, ''::text))) || to_tsvector('x'::regconfig, COALESCE(c, ''::bpchar)::text))";
        assert_eq!(read(three).map(|(_, columns)| columns.len()), Some(3));
        for other in [
            "lower(a)",
            "to_tsvector(a)",
            "to_tsvector('english'::regconfig, (a || b))",
            "to_tsvector('english'::regconfig, COALESCE(a, ''::text))",
            "(to_tsvector('a'::regconfig, COALESCE(a, ''::text)) || to_tsvector('b'::regconfig, COALESCE(b, ''::text)))",
            "to_tsvector('english'::regconfig, a) || to_tsvector('english'::regconfig, b)",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
