//! The live schema, read from `information_schema` in seven queries, however many tables there are.
//!
//! An unqualified name is a table of `DATABASE()`. Queries are not joined: a join of these views is made anew for each
//! row on older servers. An index carries its `sql` only where columns and kind do not tell all: a prefix, an order,
//! FULLTEXT, SPATIAL. A check that stands at its column (MariaDB) is part of the column's `extra`, because a MODIFY
//! must say it again; the one of a `json` column is its type.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dialect::{Connection, DriverError, Row, quote, words},
    operation::{ForeignKeyAction, IndexKind, TableName},
    schema::{Check, Column, DatabaseSchema, ForeignKey, Index, Table},
};

use super::{QUOTE, facts::Facts, fold, literal};

pub(super) async fn inspect(
    facts: &Facts,
    connection: &mut dyn Connection,
    tables: Option<&BTreeSet<TableName>>,
) -> Result<DatabaseSchema, DriverError> {
    if tables.is_some_and(BTreeSet::is_empty) {
        return Ok(DatabaseSchema::default());
    }
    let mut found = Found { facts, named: tables, tables: BTreeMap::new() };
    for row in connection.query(&found.tables_sql()).await? {
        found.table(&row);
    }
    for row in connection.query(&found.columns_sql()).await? {
        found.column(&row);
    }
    for row in connection.query(&found.indexes_sql()).await? {
        found.index(&row);
    }
    for row in connection.query(&found.keys_sql()).await? {
        found.foreign_key(&row);
    }
    for row in connection.query(&found.actions_sql()).await? {
        found.actions(&row);
    }
    for row in connection.query(&found.checks_sql()).await? {
        found.check(&row);
    }
    for row in connection.query(&found.triggers_sql()).await? {
        found.trigger(&row);
    }
    Ok(found.schema())
}

struct Entry {
    own: bool,
    collation: String,
    table: Table,
}

/// The tables found so far, by their place in the catalog.
struct Found<'a> {
    facts: &'a Facts,
    named: Option<&'a BTreeSet<TableName>>,
    tables: BTreeMap<(String, String), Entry>,
}

impl Found<'_> {
    /// The condition on two columns of a view.
    fn wanted(&self, schema: &str, table: &str) -> String {
        let Some(tables) = self.named else { return format!("{schema} = DATABASE()") };
        let mut by_schema: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
        for table in tables {
            by_schema.entry(table.schema.as_deref()).or_default().push(literal::text(&table.name));
        }
        let each = by_schema.into_iter().map(|(name, names)| {
            let name = name.map_or_else(|| "DATABASE()".to_owned(), literal::text);
            format!("{schema} = {name} AND {table} IN ({})", names.join(", "))
        });
        format!("({})", each.collect::<Vec<_>>().join(" OR "))
    }

    fn select(&self, columns: &str, view: &str, and: &str) -> String {
        let wanted = self.wanted("TABLE_SCHEMA", "TABLE_NAME");
        format!(
            "SELECT TABLE_SCHEMA AS schema_name, TABLE_NAME AS table_name, {columns} \
             FROM information_schema.{view} WHERE {wanted} {and}"
        )
    }

    fn tables_sql(&self) -> String {
        self.select(
            "TABLE_SCHEMA = DATABASE() AS own, TABLE_COLLATION AS collation, TABLE_COMMENT AS comment",
            "TABLES",
            "AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')",
        )
    }

    fn columns_sql(&self) -> String {
        self.select(
            "COLUMN_NAME AS name, COLUMN_TYPE AS type_name, DATA_TYPE AS data_type, IS_NULLABLE AS nullable, \
             COLUMN_DEFAULT AS default_text, EXTRA AS extra, COLLATION_NAME AS collation, \
             COLUMN_COMMENT AS comment, GENERATION_EXPRESSION AS expression",
            "COLUMNS",
            "ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION",
        )
    }

    fn indexes_sql(&self) -> String {
        let expression = if self.facts.index_expressions { "EXPRESSION" } else { "NULL" };
        self.select(
            &format!(
                "INDEX_NAME AS name, NON_UNIQUE AS plain, COLUMN_NAME AS column_name, SUB_PART AS prefix, \
                 INDEX_TYPE AS method, COLLATION AS direction, {expression} AS expression"
            ),
            "STATISTICS",
            "ORDER BY TABLE_SCHEMA, TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX",
        )
    }

    fn keys_sql(&self) -> String {
        self.select(
            "CONSTRAINT_NAME AS name, COLUMN_NAME AS column_name, REFERENCED_TABLE_SCHEMA AS parent_schema, \
             REFERENCED_TABLE_SCHEMA = DATABASE() AS parent_own, REFERENCED_TABLE_NAME AS parent, \
             REFERENCED_COLUMN_NAME AS parent_column",
            "KEY_COLUMN_USAGE",
            "AND REFERENCED_TABLE_NAME IS NOT NULL \
             ORDER BY TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, ORDINAL_POSITION",
        )
    }

    fn actions_sql(&self) -> String {
        format!(
            "SELECT CONSTRAINT_SCHEMA AS schema_name, TABLE_NAME AS table_name, CONSTRAINT_NAME AS name, \
             UPDATE_RULE AS on_update, DELETE_RULE AS on_delete FROM information_schema.REFERENTIAL_CONSTRAINTS \
             WHERE {}",
            self.wanted("CONSTRAINT_SCHEMA", "TABLE_NAME")
        )
    }

    fn checks_sql(&self) -> String {
        if self.facts.checks_name_their_table {
            return format!(
                "SELECT CONSTRAINT_SCHEMA AS schema_name, TABLE_NAME AS table_name, CONSTRAINT_NAME AS name, \
                 LEVEL AS level, CHECK_CLAUSE AS expression FROM information_schema.CHECK_CONSTRAINTS WHERE {}",
                self.wanted("CONSTRAINT_SCHEMA", "TABLE_NAME")
            );
        }
        format!(
            "SELECT t.TABLE_SCHEMA AS schema_name, t.TABLE_NAME AS table_name, t.CONSTRAINT_NAME AS name, \
             'Table' AS level, c.CHECK_CLAUSE AS expression FROM information_schema.TABLE_CONSTRAINTS t \
             JOIN information_schema.CHECK_CONSTRAINTS c ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA \
             AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME WHERE t.CONSTRAINT_TYPE = 'CHECK' AND {}",
            self.wanted("t.TABLE_SCHEMA", "t.TABLE_NAME")
        )
    }

    fn triggers_sql(&self) -> String {
        format!(
            "SELECT EVENT_OBJECT_SCHEMA AS schema_name, EVENT_OBJECT_TABLE AS table_name, TRIGGER_NAME AS name, \
             ACTION_TIMING AS timing, EVENT_MANIPULATION AS event, ACTION_STATEMENT AS body \
             FROM information_schema.TRIGGERS WHERE {} ORDER BY TRIGGER_NAME",
            self.wanted("EVENT_OBJECT_SCHEMA", "EVENT_OBJECT_TABLE")
        )
    }

    fn entry(&mut self, row: &Row) -> Option<&mut Entry> {
        self.tables.get_mut(&(text(row, "schema_name"), text(row, "table_name")))
    }

    fn table(&mut self, row: &Row) {
        let table = Table { comment: present(row, "comment"), ..Table::default() };
        let entry = Entry { own: row.boolean("own"), collation: text(row, "collation"), table };
        self.tables.insert((text(row, "schema_name"), text(row, "table_name")), entry);
    }

    fn column(&mut self, row: &Row) {
        let default = default(self.facts, row);
        let Some(entry) = self.entry(row) else { return };
        let extra = text(row, "extra");
        let lower = extra.to_lowercase();
        let expression = present(row, "expression");
        let stored = lower.contains("stored") || lower.contains("persistent");
        entry.table.columns.push(Column {
            name: text(row, "name"),
            type_name: text(row, "type_name"),
            nullable: row.text("nullable") == Some("YES"),
            default: default.filter(|_| expression.is_none()),
            auto_increment: lower.contains("auto_increment"),
            generated: expression.map(|expression| (expression, stored)),
            collation: present(row, "collation").filter(|collation| *collation != entry.collation),
            comment: present(row, "comment"),
            extra: rest_of(&extra),
        });
    }

    fn index(&mut self, row: &Row) {
        let Some(entry) = self.entry(row) else { return };
        let name = text(row, "name");
        let column = row.text("column_name").map(str::to_owned);
        let part = match (&column, row.text("prefix")) {
            (Some(column), Some(length)) => format!("{column}({length})"),
            (Some(column), None) => column.clone(),
            (None, _) => format!("({})", text(row, "expression")),
        };
        if name == "PRIMARY" {
            entry.table.primary_key.get_or_insert_default().columns.push(part);
            return;
        }
        let method = text(row, "method");
        let descending = row.text("direction") == Some("D");
        let special = matches!(method.as_str(), "FULLTEXT" | "SPATIAL" | "RTREE");
        let place = entry.table.indexes.iter().position(|index| index.name == name);
        let index = match place.and_then(|place| entry.table.indexes.get_mut(place)) {
            Some(index) => {
                index.columns.push(part.clone());
                index
            }
            None => {
                let plain = row.integer("plain") != Some(0);
                entry.table.indexes.push(Index {
                    name,
                    columns: vec![part.clone()],
                    kind: if plain { IndexKind::Index } else { IndexKind::Unique },
                    sql: None,
                    constraint: false,
                });
                let Some(index) = entry.table.indexes.last_mut() else { return };
                index
            }
        };
        // MariaDB shows a length for each part of a spatial index.
        let prefix = row.text("prefix").is_some();
        if special || descending || column.is_none() || prefix || index.sql.is_some() {
            let word = if special { format!("{method} ") } else { String::new() };
            let word = if index.kind == IndexKind::Unique { "UNIQUE ".to_owned() } else { word };
            let order = if descending { " DESC" } else { "" };
            let so_far = match &index.sql {
                Some(sql) => sql.trim_end_matches(')').to_owned() + ", ",
                None => {
                    let before: String = index.columns[..index.columns.len() - 1]
                        .iter()
                        .map(|column| format!("{}, ", quote::identifier(column, QUOTE)))
                        .collect();
                    let name = quote::identifier(&index.name, QUOTE);
                    let table = quote::identifier(&text(row, "table_name"), QUOTE);
                    format!("CREATE {word}INDEX {name} ON {table} ({before}")
                }
            };
            let part = match (&column, row.text("prefix")) {
                (Some(column), Some(length)) if !special => {
                    format!("{}({length})", quote::identifier(column, QUOTE))
                }
                (Some(column), _) => quote::identifier(column, QUOTE),
                (None, _) => part,
            };
            index.sql = Some(format!("{so_far}{part}{order})"));
        }
    }

    fn foreign_key(&mut self, row: &Row) {
        let no_action = self.facts.no_action;
        let Some(entry) = self.entry(row) else { return };
        let name = Some(text(row, "name"));
        let (column, parent) = (text(row, "column_name"), text(row, "parent_column"));
        if let Some(key) = entry.table.foreign_keys.iter_mut().find(|key| key.name == name) {
            key.columns.push(column);
            key.referenced_columns.push(parent);
            return;
        }
        let own = row.boolean("parent_own");
        let schema = (!own).then(|| text(row, "parent_schema"));
        entry.table.foreign_keys.push(ForeignKey {
            name,
            columns: vec![column],
            references: TableName { schema, name: text(row, "parent") },
            referenced_columns: vec![parent],
            on_delete: no_action,
            on_update: no_action,
        });
    }

    fn actions(&mut self, row: &Row) {
        let Some(entry) = self.entry(row) else { return };
        let name = text(row, "name");
        for key in entry.table.foreign_keys.iter_mut().filter(|key| key.name.as_ref() == Some(&name)) {
            key.on_delete = action(row.text("on_delete"));
            key.on_update = action(row.text("on_update"));
        }
    }

    fn check(&mut self, row: &Row) {
        let json = self.facts.json_is_checked_text;
        let Some(entry) = self.entry(row) else { return };
        let (name, expression) = (text(row, "name"), text(row, "expression"));
        let of_column = row.text("level").is_some_and(|level| level.eq_ignore_ascii_case("column"));
        // MariaDB shows a column's check under the name that the column had before a rename, so it is known by what it
        // reads: the column of its name, or else the only one.
        let reads: Vec<&str> = entry
            .table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .filter(|column| words::mentions(&expression, column, QUOTE))
            .collect();
        let owner = match reads.as_slice() {
            _ if !of_column => None,
            [only] => Some((*only).to_owned()),
            several => several.iter().find(|column| **column == name).map(|column| (*column).to_owned()),
        };
        match entry.table.columns.iter_mut().find(|column| owner.as_ref() == Some(&column.name)) {
            Some(column)
                if json
                    && column.type_name == "longtext"
                    && expression == format!("json_valid({})", quote::identifier(&column.name, QUOTE)) =>
            {
                column.type_name = "json".to_owned();
                column.collation = None;
            }
            Some(column) => {
                let extra = column.extra.take().map_or_else(String::new, |extra| extra + " ");
                column.extra = Some(format!("{extra}check ({expression})"));
            }
            None => entry.table.checks.push(Check { name: Some(name), expression }),
        }
    }

    fn trigger(&mut self, row: &Row) {
        let Some(entry) = self.entry(row) else { return };
        let name = text(row, "name");
        let sql = format!(
            "CREATE TRIGGER {} {} {} ON {} FOR EACH ROW {}",
            quote::identifier(&name, QUOTE),
            text(row, "timing"),
            text(row, "event"),
            quote::identifier(&text(row, "table_name"), QUOTE),
            text(row, "body"),
        );
        entry.table.triggers.push((name, sql));
    }

    /// The tables under the names by which they were asked for.
    fn schema(self) -> DatabaseSchema {
        let mut schema = DatabaseSchema::default();
        for ((database, name), mut entry) in self.tables {
            fold::sort(&mut entry.table);
            let qualified = TableName { schema: Some(database), name: name.clone() };
            let unqualified = TableName { schema: None, name };
            let asked = |name: &TableName| self.named.is_some_and(|named| named.contains(name));
            if asked(&qualified) {
                schema.tables.insert(qualified, entry.table.clone());
            }
            if entry.own && (self.named.is_none() || asked(&unqualified)) {
                schema.tables.insert(unqualified, entry.table);
            }
        }
        schema
    }
}

/// The default as SQL. MySQL shows bare text, and says which of it is an expression.
fn default(facts: &Facts, row: &Row) -> Option<String> {
    let shown = row.text("default_text")?;
    if facts.sql_defaults {
        return (shown != "NULL").then(|| shown.to_owned());
    }
    let generated = text(row, "extra").to_uppercase().contains("DEFAULT_GENERATED");
    let bare = generated || shown.parse::<f64>().is_ok() && !is_text(row) || shown.starts_with("b'");
    Some(if bare { shown.to_owned() } else { literal::text(shown) })
}

fn is_text(row: &Row) -> bool {
    let kind = text(row, "data_type").to_lowercase();
    ["char", "text", "enum", "set", "blob", "json", "date", "time"].iter().any(|word| kind.contains(word))
}

/// What of `EXTRA` has no field of its own.
fn rest_of(extra: &str) -> Option<String> {
    let mut rest = extra.to_owned();
    for known in
        ["auto_increment", "DEFAULT_GENERATED", "VIRTUAL GENERATED", "STORED GENERATED", "PERSISTENT"]
    {
        rest = rest.replace(known, "");
    }
    let parts: Vec<&str> = rest.split(", ").map(str::trim).filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn text(row: &Row, column: &str) -> String {
    row.text(column).unwrap_or_default().to_owned()
}

fn present(row: &Row, column: &str) -> Option<String> {
    row.text(column).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn action(rule: Option<&str>) -> ForeignKeyAction {
    match rule {
        Some("RESTRICT") => ForeignKeyAction::Restrict,
        Some("CASCADE") => ForeignKeyAction::Cascade,
        Some("SET NULL") => ForeignKeyAction::SetNull,
        Some("SET DEFAULT") => ForeignKeyAction::SetDefault,
        _ => ForeignKeyAction::NoAction,
    }
}
