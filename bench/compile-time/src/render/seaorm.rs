//! SeaORM's migrator: version 2 names things with texts and version 1 with derived enumerations, as the templates of
//! their `sea-orm-cli` do.

use std::collections::BTreeMap;

use super::camel;
use crate::set::{Change, Column, Kind, Migration, Table};

/// How tables and columns are named.
#[derive(Clone, Copy, PartialEq)]
pub enum Names {
    /// `"orders1"`: the template of 2.
    Texts,
    /// `Orders1::Table` with `#[derive(DeriveIden)]`: the template of 1.
    Enumerations,
}

/// The module, which is the file's stem.
pub fn module(migration: &Migration) -> String {
    let stamp = super::stamp(migration.number).replacen('_', "", 2);
    format!("m{stamp}_{}", migration.slug())
}

/// The crate: every migration is a module and an entry.
pub fn list(migrations: &[Migration]) -> String {
    let modules: Vec<String> = migrations.iter().map(module).collect();
    let declared: String = modules.iter().map(|module| format!("mod {module};\n")).collect();
    let entries: String =
        modules.iter().map(|module| format!("            Box::new({module}::Migration),\n")).collect();
    format!(
        "pub use sea_orm_migration::prelude::*;\n\n{declared}\npub struct Migrator;\n\n#[async_trait::async_trait]\n\
         impl MigratorTrait for Migrator {{\n    fn migrations() -> Vec<Box<dyn MigrationTrait>> {{\n        vec![\n\
         {entries}        ]\n    }}\n}}\n"
    )
}

/// The text of the file.
pub fn text(migration: &Migration, names: Names) -> String {
    let mut writer = Writer { names, used: BTreeMap::new() };
    let up = method("up", &writer.up(&migration.change));
    let down = migration.down.then(|| method("down", &writer.down(&migration.change)));
    let schema = if migration_has_columns(migration) { "{prelude::*, schema::*}" } else { "prelude::*" };
    format!(
        "use sea_orm_migration::{schema};\n\n#[derive(DeriveMigrationName)]\npub struct Migration;\n\n\
         #[async_trait::async_trait]\nimpl MigrationTrait for Migration {{\n{up}{}}}\n{}",
        down.map_or(String::new(), |down| format!("\n{down}")),
        writer.enumerations()
    )
}

fn migration_has_columns(migration: &Migration) -> bool {
    match &migration.change {
        Change::Create(_) | Change::Add { .. } => true,
        Change::Drop { .. } => migration.down,
        Change::Rename { .. } | Change::Fill { .. } => false,
    }
}

fn method(name: &str, calls: &[String]) -> String {
    let body: String = match calls {
        // The one call that gives more than nothing back.
        [one] if !one.starts_with(".get_connection") => format!("        manager{one}.await\n"),
        _ => {
            let calls: String = calls.iter().map(|call| format!("        manager{call}.await?;\n")).collect();
            calls + "        Ok(())\n"
        }
    };
    format!("    async fn {name}(&self, manager: &SchemaManager) -> Result<(), DbErr> {{\n{body}    }}\n")
}

struct Writer {
    names: Names,
    used: BTreeMap<String, Vec<String>>,
}

impl Writer {
    fn table(&mut self, table: &str) -> String {
        self.name(table, "table")
    }

    fn name(&mut self, table: &str, column: &str) -> String {
        match (self.names, column) {
            (Names::Texts, "table") => format!("{table:?}"),
            (Names::Texts, _) => format!("{column:?}"),
            (Names::Enumerations, _) => {
                let (table, column) = (camel(table), camel(column));
                let variants = self.used.entry(table.clone()).or_default();
                if !variants.contains(&column) {
                    variants.push(column.clone());
                }
                format!("{table}::{column}")
            }
        }
    }

    fn enumerations(&self) -> String {
        let one = |(table, variants): (&String, &Vec<String>)| {
            let variants: String = variants.iter().map(|variant| format!("    {variant},\n")).collect();
            format!("\n#[derive(DeriveIden)]\nenum {table} {{\n{variants}}}\n")
        };
        self.used.iter().map(one).collect()
    }

    fn up(&mut self, change: &Change) -> Vec<String> {
        match change {
            Change::Create(table) => self.created(table),
            Change::Add { table, columns } => {
                let mut calls = vec![self.added(table, columns)];
                for column in columns {
                    if let Kind::Reference { table: parent, cascade } = &column.kind {
                        let key = self.key(table, &column.name, parent, *cascade);
                        calls.push(format!(".create_foreign_key({key}.to_owned())"));
                    }
                    if column.kind == Kind::String(32) {
                        calls.push(self.index(table, &[&column.name], false));
                    }
                }
                calls
            }
            Change::Rename { table, from, to } => vec![self.renamed(table, from, to)],
            Change::Drop { table, column } => vec![self.dropped(table, &[&column.name])],
            Change::Fill { table, column, value } => vec![format!(
                ".get_connection().execute_unprepared(\"UPDATE {table} SET {column} = '{value}' WHERE {column} IS \
                 NULL\")"
            )],
        }
    }

    fn down(&mut self, change: &Change) -> Vec<String> {
        match change {
            Change::Create(table) => {
                vec![format!(".drop_table(Table::drop().table({}).to_owned())", self.table(&table.name))]
            }
            Change::Add { table, columns } => {
                let mut calls = Vec::new();
                for column in columns.iter().rev() {
                    let named = self.table(table);
                    match &column.kind {
                        Kind::Reference { .. } => calls.push(format!(
                            ".drop_foreign_key(ForeignKey::drop().name(\"{table}_{}_foreign\").table({named}).to_owned())",
                            column.name
                        )),
                        Kind::String(32) => calls.push(format!(
                            ".drop_index(Index::drop().name(\"{table}_{}_index\").table({named}).to_owned())",
                            column.name
                        )),
                        _ => {}
                    }
                }
                let names: Vec<&str> = columns.iter().rev().map(|column| column.name.as_str()).collect();
                calls.push(self.dropped(table, &names));
                calls
            }
            Change::Rename { table, from, to } => vec![self.renamed(table, to, from)],
            Change::Drop { table, column } => vec![self.added(table, std::slice::from_ref(column))],
            Change::Fill { .. } => Vec::new(),
        }
    }

    fn created(&mut self, table: &Table) -> Vec<String> {
        let name = &table.name;
        let id = self.name(name, "id");
        let id = match self.names {
            Names::Texts => format!("big_pk_auto({id})"),
            // The shorthand came with 2.
            Names::Enumerations => format!("big_integer({id}).auto_increment().primary_key()"),
        };
        let mut text = format!(
            ".create_table(Table::create()\n            .table({})\n            .col({id})\n",
            self.table(name)
        );
        for column in &table.columns {
            text += &format!("            .col({})\n", self.column(name, column));
        }
        for time in ["created_at", "updated_at"] {
            text += &format!(
                "            .col(timestamp_with_time_zone({}).default(Expr::current_timestamp()))\n",
                self.name(name, time)
            );
        }
        for column in &table.columns {
            if let Kind::Reference { table: parent, cascade } = &column.kind {
                text += &format!(
                    "            .foreign_key({})\n",
                    self.key(name, &column.name, parent, *cascade)
                );
            }
        }
        let mut calls = vec![text + "            .to_owned())"];
        for (columns, unique) in [(&table.index, false), (&table.unique, true)] {
            calls.extend(columns.iter().map(|[a, b]| self.index(name, &[a, b], unique)));
        }
        calls
    }

    fn added(&mut self, table: &str, columns: &[Column]) -> String {
        let adds: String =
            columns.iter().map(|column| format!(".add_column({})", self.column(table, column))).collect();
        format!(".alter_table(Table::alter().table({}){adds}.to_owned())", self.table(table))
    }

    fn dropped(&mut self, table: &str, columns: &[&str]) -> String {
        let drops: String =
            columns.iter().map(|column| format!(".drop_column({})", self.name(table, column))).collect();
        format!(".alter_table(Table::alter().table({}){drops}.to_owned())", self.table(table))
    }

    fn renamed(&mut self, table: &str, from: &str, to: &str) -> String {
        format!(
            ".alter_table(Table::alter().table({}).rename_column({}, {}).to_owned())",
            self.table(table),
            self.name(table, from),
            self.name(table, to)
        )
    }

    fn index(&mut self, table: &str, columns: &[&str], unique: bool) -> String {
        let (kind, call) = if unique { ("unique", ".unique()") } else { ("index", "") };
        let cols: String =
            columns.iter().map(|column| format!(".col({})", self.name(table, column))).collect();
        format!(
            ".create_index(Index::create().name(\"{table}_{}_{kind}\").table({}){cols}{call}.to_owned())",
            columns.join("_"),
            self.table(table)
        )
    }

    fn key(&mut self, table: &str, column: &str, parent: &str, cascade: bool) -> String {
        let action = if cascade { "Cascade" } else { "SetNull" };
        format!(
            "ForeignKey::create().name(\"{table}_{column}_foreign\").from({}, {}).to({}, \
             {}).on_delete(ForeignKeyAction::{action})",
            self.table(table),
            self.name(table, column),
            self.table(parent),
            self.name(parent, "id")
        )
    }

    fn column(&mut self, table: &str, column: &Column) -> String {
        let (method, more) = match &column.kind {
            Kind::String(length) => ("string_len", format!(", {length}")),
            Kind::Text => ("text", String::new()),
            Kind::Integer { .. } => ("integer", String::new()),
            Kind::Boolean { .. } => ("boolean", String::new()),
            Kind::Decimal => ("decimal_len", ", 10, 2".to_owned()),
            Kind::Date => ("date", String::new()),
            Kind::Timestamp => ("timestamp_with_time_zone", String::new()),
            Kind::Json => ("json_binary", String::new()),
            Kind::Uuid => ("uuid", String::new()),
            Kind::Reference { .. } => ("big_integer", String::new()),
        };
        let form = match (column.nullable, column.unique) {
            (true, _) => "_null",
            (false, true) => "_uniq",
            (false, false) => "",
        };
        let default = match &column.kind {
            Kind::Integer { default: Some(value) } => format!(".default({value})"),
            Kind::Boolean { default } => format!(".default({default})"),
            _ => String::new(),
        };
        format!("{method}{form}({}{more}){default}", self.name(table, &column.name))
    }
}
