//! What can be open in a body, and the words that decide it.

/// An open construct: what its `END` closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    Begin,
    If,
    Case,
    CaseExpression,
    Loop,
    Repeat,
    /// `REPEAT … UNTIL`: its `END` follows an expression, not a semicolon.
    Until,
    While,
    /// MariaDB's `FOR … IN … DO`.
    For,
}

impl Frame {
    /// The frame that a word opens where a statement can begin.
    pub(super) fn opened_by(word: &str) -> Option<Self> {
        Some(match word {
            "BEGIN" => Self::Begin,
            "IF" => Self::If,
            "CASE" => Self::Case,
            "LOOP" => Self::Loop,
            "REPEAT" => Self::Repeat,
            "WHILE" => Self::While,
            "FOR" => Self::For,
            _ => return None,
        })
    }

    /// The word that opened it, and the words that close it.
    pub(super) fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Begin => ("BEGIN", "END"),
            Self::If => ("IF", "END IF"),
            Self::Case => ("CASE", "END CASE"),
            Self::CaseExpression => ("CASE", "END"),
            Self::Loop => ("LOOP", "END LOOP"),
            Self::Repeat => ("REPEAT", "UNTIL … END REPEAT"),
            Self::Until => ("REPEAT … UNTIL", "END REPEAT"),
            Self::While => ("WHILE", "END WHILE"),
            Self::For => ("FOR", "END FOR"),
        }
    }

    /// The word behind the `END` that closes it, where it has one.
    pub(super) fn second_word(self) -> Option<&'static str> {
        self.words().1.rsplit_once("END ").map(|(_, second)| second)
    }

    /// Whether a statement can begin right behind the word that opens it.
    pub(super) fn begins_with_statements(self) -> bool {
        matches!(self, Self::Begin | Self::Loop | Self::Repeat)
    }
}

/// What the statement is about, as far as it decides what its body looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// Not known yet: the words so far may lead to a body.
    Open,
    Trigger,
    Routine,
    Event,
    /// PostgreSQL's `CREATE RULE`: semicolons in its parentheses end nothing.
    Rule,
    /// A body that stands by itself: MariaDB's `BEGIN NOT ATOMIC`, `IF …`.
    Compound,
    /// What MariaDB reads as Oracle does. Its bodies are not followed.
    Oracle,
    /// Nothing that has a body.
    Plain,
}

/// Where in an inner statement the next token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A statement can begin here.
    Start,
    /// A statement can begin here or after some more words (characteristics of a routine, a handler's conditions).
    Header,
    /// Inside a statement or an expression.
    Inside,
}

/// Words that begin an ordinary statement: after them `IF` and `REPEAT` are functions.
pub(super) const STARTERS: &[&str] = &[
    "ALTER",
    "ANALYZE",
    "CALL",
    "CHECK",
    "CLOSE",
    "COMMIT",
    "CREATE",
    "DEALLOCATE",
    "DELETE",
    "DO",
    "DROP",
    "EXECUTE",
    "FETCH",
    "FLUSH",
    "GET",
    "GRANT",
    "INSERT",
    "ITERATE",
    "KILL",
    "LEAVE",
    "LOCK",
    "OPEN",
    "OPTIMIZE",
    "PREPARE",
    "RENAME",
    "REPLACE",
    "RESIGNAL",
    "RETURN",
    "REVOKE",
    "ROLLBACK",
    "SAVEPOINT",
    "SELECT",
    "SET",
    "SHOW",
    "SIGNAL",
    "START",
    "TABLE",
    "TRUNCATE",
    "UNLOCK",
    "UPDATE",
    "VALUES",
    "WITH",
];
