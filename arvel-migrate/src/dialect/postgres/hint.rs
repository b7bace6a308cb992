//! What to do about an error whose own text does not say it: an extension that is missing, a row that is in the way.

use crate::dialect::{DriverError, advice::Obstacle};

/// The hint for an error of the server.
pub(super) fn hint(code: &str, message: &str) -> Option<String> {
    match code {
        // undefined_object
        "42704" => extension(message).map(|name| {
            format!("it comes with an extension: `schema.create_extension(\"{name}\")` before it")
        }),
        _ => None,
    }
}

/// What stands in the way of a change, https://www.postgresql.org/docs/current/errcodes-appendix.html
pub(super) fn obstacle(error: &DriverError) -> Option<Obstacle> {
    let message = error.message.as_str();
    Some(match error.code.as_deref()? {
        // Of an ALTER and not of an INSERT, each.
        "23502" if message.ends_with("contains null values") => Obstacle::Null,
        "23505" if message.starts_with("could not create unique index") => Obstacle::Duplicate,
        "23514" if message.ends_with("is violated by some row") => Obstacle::Value,
        "42701" | "42P07" | "42710" => Obstacle::Exists,
        "42703" | "42P01" => Obstacle::Missing,
        "2BP01" => Obstacle::Needed,
        "42830" => Obstacle::Parent,
        _ => return None,
    })
}

fn extension(message: &str) -> Option<&'static str> {
    let mut quoted = message.split('"').skip(1).step_by(2);
    if message.starts_with("data type ") && message.contains("has no default operator class") {
        return match quoted.next()? {
            "gist" => Some("btree_gist"),
            "gin" => Some("btree_gin"),
            _ => None,
        };
    }
    // A type in a list of types is named with its brackets.
    let name = quoted.next()?.trim_end_matches("[]");
    let known = [
        ("type ", "citext", "citext"),
        ("type ", "hstore", "hstore"),
        ("type ", "ltree", "ltree"),
        ("type ", "vector", "vector"),
        ("type ", "geometry", "postgis"),
        ("type ", "geography", "postgis"),
        ("access method ", "hnsw", "vector"),
        ("access method ", "ivfflat", "vector"),
        ("access method ", "bloom", "bloom"),
        ("operator class ", "gin_trgm_ops", "pg_trgm"),
        ("operator class ", "gist_trgm_ops", "pg_trgm"),
    ];
    let known = known.into_iter().find(|(what, word, _)| message.starts_with(what) && *word == name);
    known.map(|(_, _, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_with_an_extension() {
        for (message, expected) in [
            ("type \"citext\" does not exist", Some("citext")),
            ("type \"geometry\" does not exist", Some("postgis")),
            ("type \"mood\" does not exist", None),
            ("operator class \"gin_trgm_ops\" does not exist for access method \"gin\"", Some("pg_trgm")),
            (
                "data type integer has no default operator class for access method \"gist\"",
                Some("btree_gist"),
            ),
            ("access method \"hnsw\" does not exist", Some("vector")),
            ("collation \"x\" for encoding \"UTF8\" does not exist", None),
        ] {
            assert_eq!(extension(message), expected, "{message}");
        }
        assert_eq!(hint("42P01", "type \"citext\" does not exist"), None);
    }
}
