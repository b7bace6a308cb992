//! The migrations of an application that grew: tables, then changes of them, now and then rows.
//!
//! Values without a tool's words: each renderer says the same set in its own. Set n is a prefix of every larger one.

/// One migration.
#[derive(Clone)]
pub struct Migration {
    /// From 1.
    pub number: usize,
    pub change: Change,
    /// Whether a way back is written.
    pub down: bool,
}

#[derive(Clone)]
pub enum Change {
    Create(Table),
    /// Columns; a short text gets an index.
    Add {
        table: String,
        columns: Vec<Column>,
    },
    Rename {
        table: String,
        from: String,
        to: String,
    },
    Drop {
        table: String,
        column: Column,
    },
    /// Rows: NULL becomes a value.
    Fill {
        table: String,
        column: String,
        value: &'static str,
    },
}

/// A new table: an `id` first, `created_at` and `updated_at` last, and between them these.
#[derive(Clone)]
pub struct Table {
    pub name: String,
    pub columns: Vec<Column>,
    pub index: Option<[String; 2]>,
    pub unique: Option<[String; 2]>,
}

#[derive(Clone, PartialEq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    pub nullable: bool,
    pub unique: bool,
}

#[derive(Clone, PartialEq)]
pub enum Kind {
    String(u32),
    Text,
    Integer {
        default: Option<i32>,
    },
    Boolean {
        default: bool,
    },
    Decimal,
    Date,
    Timestamp,
    Json,
    Uuid,
    /// The `id` of another table.
    Reference {
        table: String,
        cascade: bool,
    },
}

impl Migration {
    /// What its file is called, without a stamp.
    pub fn slug(&self) -> String {
        match &self.change {
            Change::Create(table) => format!("create_{}_table", table.name),
            Change::Add { table, columns } => format!("add_{}_to_{table}_table", columns[0].name),
            Change::Rename { table, from, .. } => format!("rename_{from}_of_{table}_table"),
            Change::Drop { table, column } => format!("remove_{}_from_{table}_table", column.name),
            Change::Fill { table, column, .. } => format!("fill_{column}_of_{table}"),
        }
    }

    /// An edit as a person makes it: the label of the table becomes one longer.
    pub fn edit(&mut self) {
        if let Change::Create(table) = &mut self.change
            && let Some(Kind::String(length)) = table.columns.first_mut().map(|column| &mut column.kind)
        {
            *length += 1;
        }
    }
}

const NOUNS: [&str; 12] = [
    "orders",
    "invoices",
    "customers",
    "products",
    "tickets",
    "projects",
    "shipments",
    "payments",
    "reviews",
    "accounts",
    "messages",
    "events",
];

/// The first `n` migrations.
pub fn migrations(n: usize) -> Vec<Migration> {
    let mut made: Vec<Table> = Vec::new();
    (1..=n)
        .map(|number| {
            let change = change(number, &mut made);
            let back = matches!(change, Change::Create(_) | Change::Add { .. } | Change::Rename { .. });
            // Three of seven leave the way back to the tool, where it can find it; rows have none.
            let down = if back { number % 7 < 4 } else { matches!(change, Change::Drop { .. }) };
            Migration { number, change, down }
        })
        .collect()
}

/// Of twenty, twelve are tables, five add columns, one each renames, drops and fills.
fn change(number: usize, made: &mut Vec<Table>) -> Change {
    let count = made.len();
    let back = |steps: usize| count.saturating_sub(1 + steps);
    match number % 20 {
        3 | 6 | 9 | 13 | 16 => {
            let at = back(number % 7);
            let columns = added(number, &made[back(number % 5 + 2)].name);
            made[at].columns.extend(columns.iter().filter(|column| column.nullable).cloned());
            Change::Add { table: made[at].name.clone(), columns }
        }
        10 => {
            let table = &mut made[back(3)];
            let from = table.columns[0].name.clone();
            let to = format!("{from}_text");
            table.columns[0].name.clone_from(&to);
            Change::Rename { table: table.name.clone(), from, to }
        }
        17 => {
            let at = made.iter().rposition(|table| droppable(table).is_some()).expect("tables have notes");
            let column = droppable(&made[at]).expect("it was found by that");
            Change::Drop { table: made[at].name.clone(), column: made[at].columns.remove(column) }
        }
        0 => {
            let at = made.iter().rposition(|table| droppable(table).is_some()).expect("tables have notes");
            let column = droppable(&made[at]).expect("it was found by that");
            let column = made[at].columns[column].name.clone();
            Change::Fill { table: made[at].name.clone(), column, value: "none" }
        }
        _ => {
            let table = table(number, made);
            made.push(table.clone());
            Change::Create(table)
        }
    }
}

fn droppable(table: &Table) -> Option<usize> {
    table.columns.iter().position(|column| column.kind == Kind::Text && column.nullable)
}

fn table(number: usize, made: &[Table]) -> Table {
    let plain = |name: &str, kind| Column { name: name.to_owned(), kind, nullable: false, unique: false };
    let free = |name: &str, kind| Column { nullable: true, ..plain(name, kind) };
    let pool = [
        Column { unique: true, ..plain("code", Kind::String(64)) },
        free("notes", Kind::Text),
        plain("position", Kind::Integer { default: Some(0) }),
        plain("active", Kind::Boolean { default: true }),
        plain("price", Kind::Decimal),
        free("due_on", Kind::Date),
        free("finished_at", Kind::Timestamp),
        free("settings", Kind::Json),
        plain("token", Kind::Uuid),
        free("amount", Kind::Integer { default: None }),
    ];
    // With the key, the label and the two times: 6 to 10 columns, the references among them.
    let mut columns = vec![plain("label", Kind::String(100 + (number % 50) as u32))];
    let references = if made.is_empty() { 0 } else { number % 3 };
    for (i, name) in ["owner_id", "parent_id"].iter().take(references).enumerate() {
        let parent = made[made.len() - 1 - (number * 7 + i * 3) % made.len().min(20)].name.clone();
        let kind = Kind::Reference { table: parent, cascade: i == 0 };
        columns.push(Column { nullable: i > 0, ..plain(name, kind) });
    }
    let others = (2 + number % 5).saturating_sub(references);
    columns.extend((0..others).map(|i| pool[(number * 3 + i) % pool.len()].clone()));
    let pair = |last: &str| [columns[0].name.clone(), last.to_owned()];
    Table {
        name: format!("{}{number}", NOUNS[number % NOUNS.len()]),
        index: number.is_multiple_of(2).then(|| pair("created_at")),
        unique: (number % 4 == 1).then(|| pair("id")),
        columns,
    }
}

fn added(number: usize, parent: &str) -> Vec<Column> {
    let column = |name: &str, kind, nullable| Column {
        name: format!("{name}_{number}"),
        kind,
        nullable,
        unique: false,
    };
    match number % 3 {
        0 => vec![column("extra", Kind::Text, true), column("flag", Kind::Boolean { default: false }, false)],
        1 => vec![
            column("state", Kind::String(32), true),
            column("rank", Kind::Integer { default: Some(1) }, false),
            column("seen_at", Kind::Timestamp, true),
        ],
        _ => vec![column("group_id", Kind::Reference { table: parent.to_owned(), cascade: false }, true)],
    }
}
