//! How a database's SQL is lexed, as data. What the rules mean is the lexer's business.

/// How a database's SQL is lexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlRules {
    /// `"…"` and `` `…` `` and `[…]` quote identifiers: which of them do.
    pub identifier_quotes: &'static [(char, char)],
    /// Whether `\` escapes inside strings (MySQL), besides doubling.
    pub backslash_escapes: bool,
    /// Whether `"…"` is a string (MySQL without ANSI_QUOTES), and takes the escapes of one.
    pub double_quoted_strings: bool,
    /// Whether `\N` outside of strings is a value: NULL (MySQL).
    pub backslash_null: bool,
    /// Whether `$tag$…$tag$` quotes (PostgreSQL).
    pub dollar_quotes: bool,
    /// Whether `E'…'` takes backslash escapes (PostgreSQL).
    pub escape_strings: bool,
    /// Whether `@name` is a variable (MySQL, SQLite); else `@` is an operator.
    pub at_variables: bool,
    /// Whether `/* /* */ */` nests (PostgreSQL).
    pub nested_comments: bool,
    /// Whether a carriage return alone ends a `--` comment (PostgreSQL).
    pub return_ends_comment: bool,
    /// Whether `#` begins a comment (MySQL).
    pub hash_comments: bool,
    /// Whether `--` needs white space after it to begin a comment (MySQL).
    pub dash_needs_space: bool,
    /// Whether the inside of `/*! … */` and `/*M! … */` is run (MySQL, MariaDB): a comment in name only.
    pub executable_comments: bool,
    /// Whether `CREATE TRIGGER … BEGIN … END` holds semicolons (SQLite, MySQL).
    pub begin_end_bodies: bool,
    /// Whether procedures, functions and events have such bodies too, with `IF`, `CASE`, `LOOP`, `WHILE`, `REPEAT`
    /// and `FOR` inside (MySQL; MariaDB outside of stored programs as well).
    pub compound_bodies: bool,
    /// Whether `BEGIN ATOMIC … END` and `CREATE RULE … DO (…; …)` hold semicolons (PostgreSQL).
    pub atomic_bodies: bool,
    /// Whether the client word `DELIMITER` is understood (MySQL).
    pub delimiter: bool,
    /// The setting that changes how strings are read, with the values that do (`sql_mode`, …).
    pub lexing_setting: Option<(&'static str, &'static [&'static str])>,
    /// What only the database's own client reads; recognised to be refused.
    pub client: ClientForms,
}

/// What a command line client reads besides SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientForms {
    /// The client: `psql`.
    pub name: &'static str,
    /// The character that begins its commands.
    pub mark: char,
    /// Whether the mark counts inside a statement too, not only where one can begin.
    pub mark_anywhere: bool,
    /// Words that begin its commands, where a statement can begin.
    pub words: &'static [&'static str],
    /// Whether it sends the rows after `COPY … FROM STDIN`, and takes those of `COPY … TO STDOUT`.
    pub copies_rows: bool,
}
