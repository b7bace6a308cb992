//! Tables of texts and their pieces, what is refused, what holds for any text, and the vendors' own clients.

mod bodies;
mod clients;
mod corpus;
mod drawn;
mod pieces;
mod properties;
mod refused;

use super::{SqlRules, split};
use crate::dialect::driver_for;

fn rules(family: &str) -> SqlRules {
    *driver_for(family).expect("a scheme").offline_dialect().sql_rules()
}

const ALL: &[&str] = &["sqlite", "mysql", "postgres"];
const MYSQL: &[&str] = &["mysql"];
const POSTGRES: &[&str] = &["postgres"];
const SQLITE: &[&str] = &["sqlite"];

#[track_caller]
fn pieces(families: &[&str], text: &str, expected: &[(usize, &str)]) {
    for family in families {
        let found = split(text, &rules(family)).unwrap_or_else(|error| panic!("{family}: {error}\n{text}"));
        let found: Vec<(usize, &str)> = found.iter().map(|piece| (piece.line, piece.text.as_str())).collect();
        assert_eq!(found, expected, "{family}\n{text}");
    }
}

/// The text is one statement, whatever stands before and after it.
#[track_caller]
fn whole(families: &[&str], statement: &str) {
    pieces(families, statement, &[(1, statement)]);
    pieces(families, &format!("{statement};"), &[(1, statement)]);
    let line = 3 + statement.matches('\n').count();
    let text = format!("SELECT 0;\n{statement};\nSELECT 9");
    pieces(families, &text, &[(1, "SELECT 0"), (2, statement), (line, "SELECT 9")]);
}
