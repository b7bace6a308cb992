//! The templates that are built in: what new files look like, and how to ask for each.

use crate::publish::FileKind;

/// A template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Template {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub used_for: &'static str,
    /// A command that uses it.
    pub command: &'static str,
}

/// Every Rust migration: what differs stands in its places.
const RUST: &str = "use arvel_migrate::prelude::*;\n\n{{ declaration }}\n\nfn up(schema: &mut Schema) {\n    {{ up }}\n}\n\n\
                    fn down(schema: &mut Schema) {\n    {{ down }}\n}\n";
const SQL: &str =
    "{{ header }}\n-- migrate:up{{ mode }}\n{{ up }}\n\n-- migrate:down{{ mode }}\n{{ down }}\n";
const SEEDER: &str = "use arvel_migrate::prelude::*;\n\nseeder! { name: \"{{ name }}\", run }\n\n\
                      async fn run(db: &mut Db) -> DataResult {\n    \
                      let _ = db; // replace this line by what the seeder inserts\n    Ok(())\n}\n";

impl Template {
    /// Its text with places, as `db publish --stubs` writes it: filled, it is what the maker makes without a file of it.
    #[must_use]
    pub fn text(&self) -> &'static str {
        match self.name {
            "sql" => SQL,
            "seeder" => SEEDER,
            _ => RUST,
        }
    }

    /// Whether it makes Rust or SQL.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        if self.name == "sql" { FileKind::Sql } else { FileKind::Rust }
    }
}

/// All of them.
pub const TEMPLATES: &[Template] = &[
    Template {
        name: "create",
        used_for: "a new table, dropped on the way back",
        command: "make migration create_posts_table title:string",
    },
    Template {
        name: "add",
        used_for: "more columns for a table, dropped on the way back",
        command: "make migration add_slug_to_posts_table slug:string",
    },
    Template {
        name: "remove",
        used_for: "fewer columns for a table, added on the way back",
        command: "make migration remove_slug_from_posts_table slug:string",
    },
    Template { name: "blank", used_for: "anything else", command: "make migration tidy_up" },
    Template {
        name: "sql",
        used_for: "a migration in SQL, with its two sections",
        command: "make migration tidy_up --sql",
    },
    Template { name: "merge", used_for: "the join of several heads", command: "db merge heads" },
    Template {
        name: "seeder",
        used_for: "rows for development and tests",
        command: "make seeder demo_posts",
    },
];

#[cfg(test)]
#[path = "template_tests.rs"]
mod tests;
