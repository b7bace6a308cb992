//! `docs/src/reference/types.md` is made of what the dialects really say, and held up to date.
//!
//! `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference` rewrites the page.

use std::{fmt::Write as _, path::Path, sync::Arc};

use super::{Capability, CompileError, Dialect, SharedDialect, driver_for, mysql::MySql};
use crate::{
    dsl::Schema,
    operation::{ForeignKeyAction, Operation},
    schema::DatabaseSchema,
};

/// What is written, and the same as code.
type Case = (&'static str, fn(&mut Schema));

macro_rules! case {
    ($written:literal, $table:ident => $body:expr) => {
        ($written, |schema| {
            schema.create("t", |$table| {
                let _ = $body;
            })
        })
    };
}

/// A heading, a sentence below it, and its rows.
type Section = (&'static str, &'static str, &'static [Case]);

const SECTIONS: &[Section] = &[
    (
        "Numbers",
        "SQLite has one whole number of 64 bits; PostgreSQL has no unsigned one and no 8 or 24 bits.",
        &[
            case!("tiny_integer(\"c\")", t => t.tiny_integer("c").nullable()),
            case!("small_integer(\"c\")", t => t.small_integer("c").nullable()),
            case!("medium_integer(\"c\")", t => t.medium_integer("c").nullable()),
            case!("integer(\"c\")", t => t.integer("c").nullable()),
            case!("big_integer(\"c\")", t => t.big_integer("c").nullable()),
            case!("unsigned_integer(\"c\")", t => t.unsigned_integer("c").nullable()),
            case!("unsigned_big_integer(\"c\")", t => t.unsigned_big_integer("c").nullable()),
            case!("decimal(\"c\", 10, 2)", t => t.decimal("c", 10, 2).nullable()),
            case!("float(\"c\")", t => t.float("c").nullable()),
            case!("double(\"c\")", t => t.double("c").nullable()),
            case!("boolean(\"c\")", t => t.boolean("c").nullable()),
        ],
    ),
    (
        "Texts and bytes",
        "Lengths count characters. SQLite keeps a length in the type's text and does not enforce it.",
        &[
            case!("string(\"c\")", t => t.string("c").nullable()),
            case!("string_of(\"c\", 40)", t => t.string_of("c", 40).nullable()),
            case!("char(\"c\", 2)", t => t.char("c", 2).nullable()),
            case!("text(\"c\")", t => t.text("c").nullable()),
            case!("medium_text(\"c\")", t => t.medium_text("c").nullable()),
            case!("long_text(\"c\")", t => t.long_text("c").nullable()),
            case!("binary(\"c\")", t => t.binary("c").nullable()),
            case!("uuid(\"c\")", t => t.uuid("c").nullable()),
            case!("foreign_uuid(\"c\")", t => t.foreign_uuid("c").nullable()),
            case!("json(\"c\")", t => t.json("c").nullable()),
            case!("jsonb(\"c\")", t => t.jsonb("c").nullable()),
            case!("enumeration(\"c\", &[\"a\", \"b\"])", t => t.enumeration("c", &["a", "b"]).nullable()),
            case!("remember_token()", t => t.remember_token()),
        ],
    ),
    (
        "Moments",
        "The `_of` forms take 0 to 6 digits behind the second.",
        &[
            case!("date(\"c\")", t => t.date("c").nullable()),
            case!("time(\"c\")", t => t.time("c").nullable()),
            case!("time_of(\"c\", 3)", t => t.time_of("c", 3).nullable()),
            case!("date_time(\"c\")", t => t.date_time("c").nullable()),
            case!("date_time_of(\"c\", 6)", t => t.date_time_of("c", 6).nullable()),
            case!("timestamp(\"c\")", t => t.timestamp("c").nullable()),
            case!("timestamp_of(\"c\", 6)", t => t.timestamp_of("c", 6).nullable()),
            case!("timestamps()", t => t.timestamps()),
            case!("soft_deletes()", t => t.soft_deletes()),
        ],
    ),
    (
        "Keys",
        "A column that counts up is the primary key.",
        &[
            case!("id()", t => t.id()),
            case!("increments(\"c\")", t => t.increments("c")),
            case!("uuid(\"c\").primary()", t => t.uuid("c").primary()),
            case!("foreign_id(\"user_id\")", t => t.foreign_id("user_id")),
            case!("foreign_id(\"user_id\").constrained(\"users\")", t => t.foreign_id("user_id").constrained("users")),
            case!("… .cascade_on_delete()", t => t.foreign_id("user_id").constrained("users").cascade_on_delete()),
            case!("… .on_delete(SetDefault)", t => t.foreign_id("user_id").constrained("users").on_delete(ForeignKeyAction::SetDefault)),
            case!("morphs(\"owner\")", t => t.morphs("owner")),
            case!("nullable_morphs(\"owner\")", t => t.nullable_morphs("owner")),
        ],
    ),
    (
        "Modifiers",
        "A column is NOT NULL unless it is `nullable()`. What a database can not keep is refused, never dropped.",
        &[
            case!("string(\"c\").nullable()", t => t.string("c").nullable()),
            case!("string(\"c\").default(\"it's\")", t => t.string("c").default("it's")),
            case!("text(\"c\").default(\"x\")", t => t.text("c").default("x")),
            case!("boolean(\"c\").default(true)", t => t.boolean("c").default(true)),
            case!("integer(\"c\").default(0)", t => t.integer("c").default(0)),
            case!("double(\"c\").default(f64::NAN)", t => t.double("c").default(f64::NAN)),
            case!("date(\"c\").use_current()", t => t.date("c").use_current()),
            case!("timestamp(\"c\").use_current()", t => t.timestamp("c").use_current()),
            case!("string(\"c\").default_expression(\"upper('x')\")", t => t.string("c").default_expression("upper('x')")),
            case!("string(\"c\").comment(\"why\")", t => t.string("c").comment("why")),
            case!("string(\"c\").unique()", t => t.string("c").unique()),
            case!("string(\"c\").index()", t => t.string("c").index()),
        ],
    ),
    (
        "Tables",
        "Constraints of a new table stand inside its `CREATE TABLE`.",
        &[
            case!("primary([\"a\", \"b\"])", t => {
                t.integer("a");
                t.integer("b");
                t.primary(["a", "b"]);
            }),
            case!("unique([\"a\", \"b\"])", t => {
                t.integer("a");
                t.integer("b");
                t.unique(["a", "b"]);
            }),
            case!("check(\"t_c_check\", \"c > 0\")", t => {
                t.integer("c");
                t.check("t_c_check", "c > 0");
            }),
            case!("comment(\"why\")", t => {
                t.integer("c");
                t.comment("why");
            }),
        ],
    ),
];

const HEAD: &str = "# Column types

<!-- Made by the test `reference` of arvel-migrate from what the dialects really write. Do not edit:
     ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference -->

What each method of a `Blueprint` becomes in the `CREATE TABLE` of a new table `t`: the clauses between its parentheses,
and the statements behind it. A column called `c` is shown without its name. Where a row is about a type only, the column
was `nullable()` and the word NULL is left out. Identifiers are always quoted; the backquotes of MariaDB and MySQL are
shown as double quotes here. MariaDB is as of 10.10, MySQL as of 8.0.
";

fn dialects() -> [(&'static str, SharedDialect); 4] {
    let of = |scheme: &str| driver_for(scheme).unwrap().offline_dialect();
    let mariadb = of("mysql");
    let mysql =
        Capability { version: "8.0.36".to_owned(), display_name: "MySQL", ..mariadb.capability().clone() };
    [
        ("SQLite", of("sqlite")),
        ("PostgreSQL", of("postgres")),
        ("MariaDB", mariadb),
        ("MySQL", Arc::new(MySql::new(mysql))),
    ]
}

/// What a table says besides its name: its clauses, and the statements behind it.
fn cell(dialect: &dyn Dialect, build: fn(&mut Schema)) -> String {
    let recorded = Schema::record(build);
    assert_eq!(recorded.errors, []);
    let [operation @ Operation::CreateTable(_)] = recorded.operations.as_slice() else { panic!("one table") };
    let statements = match dialect.compile(operation, &DatabaseSchema::default()) {
        Ok(statements) => statements,
        Err(CompileError::Unsupported { reason, alternative, .. }) => {
            return format!("**refused**: {reason}; {alternative}");
        }
        Err(error) => panic!("{error}"),
    };
    let mut parts = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        if at > 0 {
            parts.push(format!("`{}`", statement.sql));
            continue;
        }
        let (_, inside) = statement.sql.split_once("(\n").unwrap();
        let (inside, behind) = inside.rsplit_once("\n)").unwrap();
        parts.extend(inside.split(",\n").map(|line| format!("`{}`", plain(line.trim()))));
        if !behind.trim().is_empty() {
            parts.push(format!("`){behind}`"));
        }
    }
    parts.join("<br>")
}

/// The line without the quotes of plain names and without the name of the column `c`, which says nothing.
fn plain(line: &str) -> String {
    let line = ["\"c\" ", "`c` "].iter().find_map(|name| line.strip_prefix(name)).unwrap_or(line);
    line.strip_suffix(" NULL").filter(|line| !line.ends_with(" NOT")).unwrap_or(line).replace('`', "\"")
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (heading, sentence, cases) in SECTIONS {
        let _ = write!(page, "\n## {heading}\n\n{sentence}\n\n|");
        let dialects = dialects();
        for name in ["written"].into_iter().chain(dialects.iter().map(|(name, _)| *name)) {
            let _ = write!(page, " {name} |");
        }
        page.push_str("\n|---|---|---|---|---|\n");
        for (written, build) in *cases {
            let _ = write!(page, "| `{written}` |");
            for (_, dialect) in &dialects {
                let _ = write!(page, " {} |", cell(&**dialect, *build).replace('|', "\\|"));
            }
            page.push('\n');
        }
    }
    page
}

#[test]
fn reference_of_types_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/reference/types.md");
    let page = page();
    if std::env::var_os("ARVEL_UPDATE_DOCS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "`docs/src/reference/types.md` is not what the dialects say; run `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-migrate --lib reference`"
    );
}
