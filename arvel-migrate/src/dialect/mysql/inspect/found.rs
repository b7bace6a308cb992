//! What the rows of the queries amount to.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    dialect::{Row, objects::trimmed, quote, words},
    operation::{ForeignKeyAction, TableName},
    schema::{Check, DatabaseSchema, ForeignKey, Table},
};

use super::{
    super::{QUOTE, charset, facts::Facts, fold, objects::text::Trigger, options, partition, types},
    column, expression, index, present, text,
};

struct Entry {
    own: bool,
    collation: String,
    table: Table,
    /// Each with whether its text is read as this session reads it.
    triggers: Vec<(Trigger, bool)>,
}

/// The tables found so far, by their place in the catalog.
pub(super) struct Found<'a> {
    facts: &'a Facts,
    named: Option<&'a BTreeSet<TableName>>,
    tables: BTreeMap<(String, String), Entry>,
}

impl<'a> Found<'a> {
    pub fn new(facts: &'a Facts, named: Option<&'a BTreeSet<TableName>>) -> Self {
        Self { facts, named, tables: BTreeMap::new() }
    }

    fn entry(&mut self, row: &Row) -> Option<&mut Entry> {
        self.tables.get_mut(&(text(row, "schema_name"), text(row, "table_name")))
    }

    pub fn table(&mut self, row: &Row) {
        let mut table = Table { comment: present(row, "comment"), ..Table::default() };
        let collation = text(row, "collation");
        let around = present(row, "around").unwrap_or_else(|| self.facts.own.collation.clone());
        (table.options.charset, table.options.collation) = charset::apart(&collation, &around);
        table.options.engine = present(row, "engine");
        table.options.parameters = options::read(&text(row, "options"));
        let entry = Entry { own: row.boolean("own"), collation, table, triggers: Vec::new() };
        self.tables.insert((text(row, "schema_name"), text(row, "table_name")), entry);
    }

    pub fn column(&mut self, row: &Row) {
        let facts = self.facts;
        let Some(entry) = self.entry(row) else { return };
        let column = column::column(facts, row, &entry.collation);
        entry.table.columns.push(column);
    }

    /// Whether any column is a geometry.
    pub fn has_shapes(&self) -> bool {
        let mut columns = self.tables.values().flat_map(|entry| &entry.table.columns);
        columns.any(|column| types::is_shape(&column.type_name))
    }

    pub fn reference_system(&mut self, row: &Row) {
        let facts = self.facts;
        let srid = row.integer("srid").and_then(|srid| u32::try_from(srid).ok()).unwrap_or(0);
        let Some(entry) = self.entry(row) else { return };
        let name = text(row, "name");
        for column in entry.table.columns.iter_mut().filter(|column| column.name == name) {
            column.type_name.push_str(&types::reference_system(facts, srid));
        }
    }

    pub fn index(&mut self, row: &Row) {
        let facts = self.facts;
        if let Some(entry) = self.entry(row) {
            index::part(facts, row, &mut entry.table);
        }
    }

    pub fn foreign_key(&mut self, row: &Row) {
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
            ..ForeignKey::default()
        });
    }

    pub fn actions(&mut self, row: &Row) {
        let Some(entry) = self.entry(row) else { return };
        let name = text(row, "name");
        for key in entry.table.foreign_keys.iter_mut().filter(|key| key.name.as_ref() == Some(&name)) {
            key.on_delete = action(row.text("on_delete"));
            key.on_update = action(row.text("on_update"));
        }
    }

    pub fn check(&mut self, row: &Row) {
        let json = self.facts.json_is_checked_text;
        let (name, expression) = (text(row, "name"), expression(self.facts, text(row, "expression")));
        let Some(entry) = self.entry(row) else { return };
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
                (column.charset, column.collation) = (None, None);
            }
            Some(column) => {
                let extra = column.extra.take().map_or_else(String::new, |extra| extra + " ");
                column.extra = Some(format!("{extra}check ({expression})"));
            }
            None => entry.table.checks.push(Check { name: Some(name), expression, not_valid: false }),
        }
    }

    /// A trigger that is read in another `sql_mode` than the session's is shown without its text.
    pub fn trigger(&mut self, row: &Row) {
        let Some(entry) = self.entry(row) else { return };
        let trigger = Trigger {
            name: text(row, "name"),
            definer: present(row, "definer").filter(|_| !row.boolean("mine")).map(|account| quoted(&account)),
            timing: text(row, "timing"),
            event: text(row, "event"),
            place: None,
            body: trimmed(&text(row, "body")).to_owned(),
        };
        entry.triggers.push((trigger, row.boolean("same_mode")));
    }

    /// The tables of which only their text tells all: what parameters an index has, and whether a partition is for 0 or
    /// for all other values.
    pub fn told_by_text(&self) -> Vec<TableName> {
        let unclear = self.tables.iter().filter(|(_, entry)| {
            let list = entry.table.partition_by.as_ref().is_some_and(|by| by.starts_with("LIST ("));
            let zero = list && entry.table.partitions.iter().any(|(_, bounds)| bounds == "VALUES IN (0)");
            zero && self.facts.default_partitions || entry.table.indexes.iter().any(index::has_parameters)
        });
        let names = unclear.map(|((schema, name), _)| (schema.clone(), name.clone()));
        names.map(|(schema, name)| TableName { schema: Some(schema), name }).collect()
    }

    /// What the text of a table tells beside the catalog.
    pub fn text(&mut self, table: &TableName, sql: &str) {
        let key = (table.schema.clone().unwrap_or_default(), table.name.clone());
        let Some(entry) = self.tables.get_mut(&key) else { return };
        for (name, bounds) in &mut entry.table.partitions {
            if sql.contains(&format!("PARTITION {} DEFAULT", quote::identifier(&name.name, QUOTE))) {
                *bounds = "DEFAULT".to_owned();
            }
        }
        for index in entry.table.indexes.iter_mut().filter(|index| index::has_parameters(index)) {
            index.parameters = index::parameters(index, sql);
        }
    }

    pub fn partition(&mut self, row: &Row) {
        let method = text(row, "method");
        let Some(entry) = self.entry(row) else { return };
        entry.table.partition_by = Some(format!("{method} ({})", text(row, "expression")));
        let bounds = partition::bounds(&method, row.text("description"));
        let name = TableName { schema: None, name: text(row, "name") };
        entry.table.partitions.push((name, bounds));
    }

    /// The tables under the names by which they were asked for.
    pub fn schema(self) -> DatabaseSchema {
        let mut schema = DatabaseSchema::default();
        let folds = self.facts.own.folds_table_names;
        let same = |a: &TableName, b: &TableName| {
            a == b
                || folds
                    && a.name.to_lowercase() == b.name.to_lowercase()
                    && a.schema.as_ref().map(|name| name.to_lowercase())
                        == b.schema.as_ref().map(|name| name.to_lowercase())
        };
        for ((database, name), mut entry) in self.tables {
            fold::sort(&mut entry.table);
            // By the moment at which they fire; within it in their order.
            entry.triggers.sort_by(|(one, _), (other, _)| {
                (&one.timing, &one.event).cmp(&(&other.timing, &other.event))
            });
            let qualified = TableName { schema: Some(database), name: name.clone() };
            let unqualified = TableName { schema: None, name };
            let Some(named) = self.named else {
                if entry.own {
                    entry.table.triggers = triggers(&entry.triggers, &unqualified);
                    schema.tables.insert(unqualified, entry.table);
                }
                continue;
            };
            for asked in named {
                if same(asked, &qualified) || entry.own && same(asked, &unqualified) {
                    let mut table = entry.table.clone();
                    table.triggers = triggers(&entry.triggers, asked);
                    for (partition, _) in &mut table.partitions {
                        *partition = partition::part(asked, &partition.name);
                    }
                    schema.tables.insert(asked.clone(), table);
                }
            }
        }
        schema
    }
}

/// The texts of triggers on a table under the name by which it was asked for.
fn triggers(found: &[(Trigger, bool)], table: &TableName) -> Vec<(String, String)> {
    let text = |(trigger, shown): &(Trigger, bool)| match shown {
        true => (trigger.name.clone(), trigger.sql(table)),
        false => (trigger.name.clone(), String::new()),
    };
    found.iter().map(text).collect()
}

/// An account as SQL takes it.
fn quoted(account: &str) -> String {
    match account.rsplit_once('@') {
        Some((user, host)) => {
            format!("{}@{}", quote::identifier(user, QUOTE), quote::identifier(host, QUOTE))
        }
        None => quote::identifier(account, QUOTE),
    }
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
