//! The clauses of a column or table constraint, read from the text of `CREATE TABLE`.
//!
//! What is not understood is kept as [`ClauseKind::Other`] with its text, so that a rebuild loses nothing.

use super::{
    index,
    text::{Token, by_commas, close, span},
};
use crate::{
    operation::{Deferrable, ForeignKeyAction, IndexColumn, TableName},
    schema::ForeignKey,
};

/// One clause with its text as written, the `CONSTRAINT name` before it included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) name: Option<String>,
    pub(super) kind: ClauseKind,
    pub(super) text: String,
}

/// What a clause says. Lists of columns are empty where the clause stands at a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ClauseKind {
    PrimaryKey { columns: Vec<String>, auto_increment: bool, descending: bool },
    Unique { columns: Vec<IndexColumn> },
    Check { expression: String },
    Foreign(ForeignKey),
    NotNull,
    Null,
    Default(String),
    Collate(String),
    Generated { expression: String, stored: bool },
    Other,
}

/// Whether a bare word begins a clause, and so ends a column's type.
pub(super) fn begins(token: &Token<'_>) -> bool {
    const WORDS: &[&str] = &[
        "constraint",
        "primary",
        "not",
        "null",
        "unique",
        "check",
        "default",
        "collate",
        "references",
        "generated",
        "as",
        "foreign",
    ];
    WORDS.iter().any(|word| token.is(word))
}

/// The clauses in order.
pub(super) fn clauses(source: &str, tokens: &[Token<'_>]) -> Vec<Clause> {
    let mut reader = Reader { source, tokens, at: 0 };
    let mut out = Vec::new();
    while reader.at < tokens.len() {
        let start = reader.at;
        let name = if reader.eat("constraint") { reader.name() } else { None };
        let kind = reader.kind();
        if reader.at == start {
            reader.at += 1;
        }
        out.push(Clause { name, kind, text: span(source, &tokens[start..reader.at]).to_owned() });
    }
    out
}

struct Reader<'t, 'a> {
    source: &'a str,
    tokens: &'t [Token<'a>],
    at: usize,
}

impl<'t, 'a> Reader<'t, 'a> {
    fn peek(&self) -> Option<&'t Token<'a>> {
        self.tokens.get(self.at)
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is(word));
        self.at += usize::from(found);
        found
    }

    fn name(&mut self) -> Option<String> {
        let token = self.peek().filter(|token| token.nameable())?;
        self.at += 1;
        Some(token.name())
    }

    /// The tokens inside the parentheses that begin here.
    fn group(&mut self) -> Option<&'t [Token<'a>]> {
        self.peek().filter(|token| token.symbol("("))?;
        let end = close(self.tokens, self.at)?;
        let inside = &self.tokens[self.at + 1..end];
        self.at = end + 1;
        Some(inside)
    }

    fn names(&mut self) -> Vec<String> {
        let group = self.group().unwrap_or(&[]);
        by_commas(group).iter().filter_map(|part| part.first()).map(Token::name).collect()
    }

    fn parts(&mut self) -> Vec<IndexColumn> {
        let group = self.group().unwrap_or(&[]);
        by_commas(group).iter().map(|part| index::part(self.source, part)).collect()
    }

    fn expression(&mut self) -> String {
        let group = self.group().unwrap_or(&[]);
        span(self.source, group).to_owned()
    }

    fn conflict(&mut self) {
        let next = self.tokens.get(self.at + 1);
        if self.peek().is_some_and(|token| token.is("on")) && next.is_some_and(|token| token.is("conflict")) {
            self.at = (self.at + 3).min(self.tokens.len());
        }
    }

    fn kind(&mut self) -> ClauseKind {
        let Some(first) = self.peek() else { return ClauseKind::Other };
        if !begins(first) {
            return ClauseKind::Other;
        }
        self.at += 1;
        let kind = match first.text.to_ascii_lowercase().as_str() {
            "primary" => self.primary(),
            "not" if self.eat("null") => ClauseKind::NotNull,
            "null" => ClauseKind::Null,
            "unique" => ClauseKind::Unique { columns: self.parts() },
            "check" => ClauseKind::Check { expression: self.expression() },
            "default" => ClauseKind::Default(self.default()),
            "collate" => self.name().map_or(ClauseKind::Other, ClauseKind::Collate),
            "references" => self.references(Vec::new()),
            "foreign" => {
                self.eat("key");
                let columns = self.names();
                if self.eat("references") { self.references(columns) } else { ClauseKind::Other }
            }
            "generated" => {
                self.eat("always");
                if self.eat("as") { self.generated() } else { ClauseKind::Other }
            }
            "as" => self.generated(),
            // A second CONSTRAINT: the first one named nothing, which SQLite allows.
            "constraint" => {
                self.at -= 1;
                ClauseKind::Other
            }
            _ => ClauseKind::Other,
        };
        self.conflict();
        // AUTOINCREMENT follows the conflict clause.
        match kind {
            ClauseKind::PrimaryKey { columns, descending, auto_increment } => {
                let auto_increment = self.eat("autoincrement") || auto_increment;
                ClauseKind::PrimaryKey { columns, descending, auto_increment }
            }
            other => other,
        }
    }

    fn primary(&mut self) -> ClauseKind {
        self.eat("key");
        let before = self.at;
        let columns = self.names();
        let inside = &self.tokens[before..self.at];
        let auto_increment = inside.iter().any(|token| token.is("autoincrement"));
        let descending = columns.is_empty() && self.eat("desc");
        self.eat("asc");
        ClauseKind::PrimaryKey { columns, auto_increment, descending }
    }

    fn default(&mut self) -> String {
        if self.peek().is_some_and(|token| token.symbol("(")) {
            return self.expression();
        }
        let start = self.at;
        if self.peek().is_some_and(|token| token.symbol("-") || token.symbol("+")) {
            self.at += 1;
        }
        self.at = (self.at + 1).min(self.tokens.len());
        span(self.source, &self.tokens[start..self.at]).to_owned()
    }

    fn generated(&mut self) -> ClauseKind {
        let expression = self.expression();
        let stored = self.eat("stored");
        self.eat("virtual");
        ClauseKind::Generated { expression, stored }
    }

    fn references(&mut self, columns: Vec<String>) -> ClauseKind {
        let Some(table) = self.name() else { return ClauseKind::Other };
        let mut key = ForeignKey {
            name: None,
            columns,
            references: TableName { schema: None, name: table },
            referenced_columns: self.names(),
            ..ForeignKey::default()
        };
        loop {
            let start = self.at;
            if self.eat("on") {
                let delete = self.eat("delete");
                let update = !delete && self.eat("update");
                if !delete && !update {
                    self.at = start;
                    break;
                }
                let action = self.action();
                if delete {
                    key.on_delete = action;
                } else {
                    key.on_update = action;
                }
            } else if self.eat("match") {
                self.name();
            } else if self.eat("deferrable") {
                key.deferrable = Some(self.initially());
            } else if self.deferrable_refused() {
                self.initially();
                key.deferrable = None;
            } else {
                break;
            }
        }
        ClauseKind::Foreign(key)
    }

    fn initially(&mut self) -> Deferrable {
        if self.eat("initially") && !self.eat("immediate") && self.eat("deferred") {
            return Deferrable::Deferred;
        }
        Deferrable::Immediate
    }

    /// `NOT DEFERRABLE`, which must not be taken for the beginning of `NOT NULL`.
    fn deferrable_refused(&mut self) -> bool {
        let found = self.peek().is_some_and(|token| token.is("not"))
            && self.tokens.get(self.at + 1).is_some_and(|token| token.is("deferrable"));
        self.at += if found { 2 } else { 0 };
        found
    }

    fn action(&mut self) -> ForeignKeyAction {
        if self.eat("cascade") {
            return ForeignKeyAction::Cascade;
        }
        if self.eat("restrict") {
            return ForeignKeyAction::Restrict;
        }
        if self.eat("set") {
            if self.eat("null") {
                return ForeignKeyAction::SetNull;
            }
            self.eat("default");
            return ForeignKeyAction::SetDefault;
        }
        self.eat("no");
        self.eat("action");
        ForeignKeyAction::NoAction
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text, *};

    fn read(sql: &str) -> Vec<String> {
        clauses(sql, &text::tokens(sql)).into_iter().map(|clause| clause.text).collect()
    }

    #[test]
    fn clauses_end_where_the_next_begins() {
        let cases: &[(&str, &[&str])] = &[
            (
                "PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT NOT NULL",
                &["PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT", "NOT NULL"],
            ),
            (
                "CONSTRAINT a CHECK (x > (1)) CONSTRAINT \"b\" DEFAULT -1 COLLATE nocase",
                &["CONSTRAINT a CHECK (x > (1))", "CONSTRAINT \"b\" DEFAULT -1", "COLLATE nocase"],
            ),
            (
                "REFERENCES t (a) ON DELETE SET NULL NOT DEFERRABLE INITIALLY DEFERRED MATCH full NOT NULL",
                &[
                    "REFERENCES t (a) ON DELETE SET NULL NOT DEFERRABLE INITIALLY DEFERRED MATCH full",
                    "NOT NULL",
                ],
            ),
            (
                "GENERATED ALWAYS AS (a || b) STORED UNIQUE",
                &["GENERATED ALWAYS AS (a || b) STORED", "UNIQUE"],
            ),
            ("DEFAULT (1) AS (2) VIRTUAL NULL", &["DEFAULT (1)", "AS (2) VIRTUAL", "NULL"]),
            (
                "FOREIGN KEY (a, b) REFERENCES t UNIQUE (c)",
                &["FOREIGN KEY (a, b) REFERENCES t", "UNIQUE (c)"],
            ),
            ("CONSTRAINT a CONSTRAINT b UNIQUE", &["CONSTRAINT a", "CONSTRAINT b UNIQUE"]),
        ];
        for (sql, expected) in cases {
            assert_eq!(&read(sql), expected, "{sql}");
        }
    }
}
