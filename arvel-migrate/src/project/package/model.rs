//! The struct that reads the rows of a new table, as text, with the queries for it.
//!
//! Its fields are what sqlx decodes on every database without a feature: keys and numbers are `i64`, instants and what each
//! database has a type of its own for are text. So the queries cast, in the words of two families of databases.

use super::name::KEYWORDS;
use crate::project::{
    Field, FieldKind,
    field_types::{Held, held},
    render::{adds_key, adds_times},
};

/// Longer than this, a line of the query goes on in the next one.
const LINE: usize = 88;

/// What a name must be quoted for: reserved by one of the databases.
const RESERVED: [&str; 118] = [
    "all",
    "alter",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "before",
    "between",
    "both",
    "by",
    "call",
    "cascade",
    "case",
    "cast",
    "change",
    "char",
    "check",
    "collate",
    "column",
    "condition",
    "constraint",
    "continue",
    "convert",
    "create",
    "cross",
    "cube",
    "current_date",
    "current_role",
    "current_time",
    "current_user",
    "cursor",
    "database",
    "default",
    "delete",
    "desc",
    "describe",
    "distinct",
    "do",
    "drop",
    "each",
    "else",
    "empty",
    "end",
    "except",
    "exists",
    "explain",
    "false",
    "fetch",
    "for",
    "force",
    "foreign",
    "from",
    "function",
    "grant",
    "group",
    "grouping",
    "groups",
    "having",
    "if",
    "ignore",
    "in",
    "index",
    "infile",
    "initially",
    "inner",
    "insert",
    "intersect",
    "interval",
    "into",
    "is",
    "join",
    "key",
    "keys",
    "kill",
    "lag",
    "lead",
    "leading",
    "left",
    "like",
    "limit",
    "lines",
    "load",
    "lock",
    "match",
    "natural",
    "not",
    "null",
    "of",
    "on",
    "only",
    "optimize",
    "option",
    "or",
    "order",
    "out",
    "outer",
    "over",
    "partition",
    "placing",
    "precision",
    "primary",
    "procedure",
    "range",
    "rank",
    "read",
    "recursive",
    "references",
    "release",
    "rename",
    "repeat",
    "replace",
    "require",
    "returning",
    "right",
    "row",
    "rows",
];
const RESERVED_TOO: [&str; 44] = [
    "schema",
    "select",
    "separator",
    "session_user",
    "set",
    "show",
    "signal",
    "some",
    "spatial",
    "sql",
    "ssl",
    "starting",
    "stored",
    "symmetric",
    "system",
    "table",
    "tables",
    "terminated",
    "then",
    "to",
    "trailing",
    "trigger",
    "true",
    "undo",
    "union",
    "unique",
    "unlock",
    "unsigned",
    "update",
    "usage",
    "use",
    "user",
    "using",
    "values",
    "variadic",
    "varying",
    "virtual",
    "when",
    "where",
    "while",
    "window",
    "with",
    "write",
    "xor",
];

/// A struct and its queries.
pub(super) struct Model<'a> {
    name: &'a str,
    table: &'a str,
    columns: Vec<Column>,
}

struct Column {
    column: String,
    held: Held,
    nullable: bool,
    about: String,
}

/// One of the two families of databases that the queries are for.
#[derive(Clone, Copy)]
enum Spoken {
    Standard,
    Backticks,
}

impl Spoken {
    fn quote(self) -> &'static str {
        match self {
            // Inside a string of the model's file.
            Spoken::Standard => "\\\"",
            Spoken::Backticks => "`",
        }
    }

    /// What a column is cast to, where it is.
    fn cast(self, held: Held) -> Option<&'static str> {
        match (self, held) {
            (_, Held::Bool | Held::Bytes | Held::Text) => None,
            (Spoken::Standard, Held::Key) => None,
            (Spoken::Standard, Held::Whole) => Some("bigint"),
            (Spoken::Standard, Held::Float) => Some("double precision"),
            (Spoken::Standard, Held::AsText) => Some("text"),
            (Spoken::Backticks, Held::Key | Held::Whole) => Some("signed"),
            (Spoken::Backticks, Held::Float) => Some("double"),
            (Spoken::Backticks, Held::AsText) => Some("char"),
        }
    }
}

impl<'a> Model<'a> {
    /// Of the table that these fields make, with the columns that the maker adds.
    pub(super) fn of(name: &'a str, table: &'a str, fields: &[Field]) -> Self {
        let column = |column: &str, held, nullable, about: &str| Column {
            column: column.to_owned(),
            held,
            nullable,
            about: about.to_owned(),
        };
        let mut columns = Vec::new();
        if adds_key(fields) {
            columns.push(column("id", Held::Key, false, "The key."));
        }
        for field in fields {
            for name in field.columns() {
                let about = match (&field.comment, name.as_str()) {
                    (Some(comment), _) => comment.replace(['\n', '\r'], " "),
                    (None, "id") => "The key.".to_owned(),
                    (None, "created_at") => "When the row was made, UTC.".to_owned(),
                    (None, "updated_at") => "When the row was last changed, UTC.".to_owned(),
                    (None, "deleted_at") => "When the row was deleted, UTC.".to_owned(),
                    _ => format!("The column `{name}`."),
                };
                let (held, null) = held_by(field, &name);
                columns.push(column(&name, held, field.nullable || null, &about));
            }
        }
        if adds_times(fields) {
            for (name, about) in [
                ("created_at", "When the row was made, UTC."),
                ("updated_at", "When the row was last changed, UTC."),
            ] {
                columns.push(column(name, Held::AsText, false, about));
            }
        }
        Self { name, table, columns }
    }

    /// The text of `src/models.rs`.
    pub(super) fn text(&self) -> String {
        let Self { name, table, columns } = self;
        let names: String = columns.iter().map(|of| format!("    {},\n", of.field())).collect();
        let names = names.trim_end_matches(",\n");
        let fields: String = columns
            .iter()
            .map(|of| format!("    /// {}\n    pub {}: {},\n", of.about, of.field(), of.rust()))
            .collect();
        // `f64` has no equality that is one.
        let eq = if columns.iter().any(|of| of.held == Held::Float) { "" } else { ", Eq" };
        format!(
            "//! The rows of `{table}` as structs.\n\
             //!\n\
             //! Whole numbers are `i64`; instants are UTC as text, and so is what each database has a type of its own for: that is\n\
             //! what sqlx reads everywhere. So the queries cast. What an application adds to its own copy of the table belongs\n\
             //! into a struct of its own.\n\
             \n\
             arvel_migrate::from_row!({name} {{\n{names}\n}});\n\
             \n\
             /// A row of `{table}`.\n\
             #[derive(Clone, Debug, PartialEq{eq})]\n\
             pub struct {name} {{\n{fields}}}\n\
             \n\
             impl {name} {{\n\
             {indent}/// All rows, on SQLite and PostgreSQL; a condition follows.\n\
             {indent}pub const SELECT: &'static str = \"{standard}\";\n\
             {indent}/// All rows, on MariaDB and MySQL; a condition follows.\n\
             {indent}pub const SELECT_MYSQL: &'static str = \"{backticks}\";\n\
             }}\n",
            indent = "    ",
            standard = self.query(Spoken::Standard),
            backticks = self.query(Spoken::Backticks),
        )
    }

    fn query(&self, spoken: Spoken) -> String {
        let last = self.columns.len().saturating_sub(1);
        let item =
            |(at, column): (usize, &Column)| column.selected(spoken) + if at == last { "" } else { "," };
        let mut items: Vec<String> = self.columns.iter().enumerate().map(item).collect();
        items.push(format!("FROM {}", quoted(self.table, spoken)));
        // The string goes on in the next line, without the white space between.
        let mut lines = vec!["SELECT".to_owned()];
        for item in items {
            let room = if lines.len() == 1 { LINE - 44 } else { LINE - 8 };
            match lines.last_mut() {
                Some(line) if line.len() + item.len() + 3 <= room => line.push_str(&format!(" {item}")),
                _ => lines.push(item),
            }
        }
        lines.join(" \\\n        ")
    }
}

impl Column {
    /// The name of the field: that of the column, unless it is a word of Rust.
    fn field(&self) -> String {
        let name = self.column.to_lowercase();
        if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
    }

    fn rust(&self) -> String {
        let plain = match self.held {
            Held::Key | Held::Whole => "i64",
            Held::Float => "f64",
            Held::Bool => "bool",
            Held::Bytes => "Vec<u8>",
            Held::Text | Held::AsText => "String",
        };
        if self.nullable { format!("Option<{plain}>") } else { plain.to_owned() }
    }

    fn selected(&self, spoken: Spoken) -> String {
        let (column, field) = (quoted(&self.column, spoken), self.field());
        match spoken.cast(self.held) {
            Some(kind) => format!("CAST({column} AS {kind}) AS {}", quoted(&field, spoken)),
            None if field != self.column => format!("{column} AS {}", quoted(&field, spoken)),
            None => column,
        }
    }
}

fn quoted(name: &str, spoken: Spoken) -> String {
    let reserved = RESERVED.contains(&name) || RESERVED_TOO.contains(&name);
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain && !reserved {
        return name.to_owned();
    }
    format!("{0}{name}{0}", spoken.quote())
}

/// What a column of a field holds, and whether it may be NULL whatever the field says.
fn held_by(field: &Field, column: &str) -> (Held, bool) {
    match &field.kind {
        FieldKind::Column { method, .. } => (held(method), false),
        FieldKind::Reference { method, .. } => (held(method), false),
        FieldKind::Enumeration { .. } => (Held::AsText, false),
        FieldKind::Morphs if column.ends_with("_id") => (Held::Key, false),
        FieldKind::Morphs => (Held::Text, false),
        FieldKind::Fixed { method: "id", .. } => (Held::Key, false),
        FieldKind::Fixed { method: "remember_token", .. } => (Held::Text, true),
        FieldKind::Fixed { method, .. } => (Held::AsText, *method == "soft_deletes"),
    }
}
