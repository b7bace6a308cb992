//! The recorder that a migration's `up` and `down` are given.

use std::collections::BTreeSet;

use super::Blueprint;
use crate::{
    db::Db,
    operation::{DataFn, DataResult, DataStep, Operation, SqlStep, TableChange, TableDef, TableName},
};

/// A mistake that can be seen while recording: it stops the plan before anything runs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DslError {
    /// A name of nothing.
    #[error("table `{table}` has a {what} without a name")]
    EmptyName {
        /// The table.
        table: String,
        /// `column`, `index`, `foreign key`, `table`.
        what: &'static str,
    },
    /// A byte that no identifier may have.
    #[error("the {what} {name:?} contains a NUL character")]
    Nul {
        /// What it names.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// Two columns of one name.
    #[error("table `{table}` has two columns called `{column}`")]
    DuplicateColumn {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Two primary keys.
    #[error(
        "table `{table}` has two primary keys; use `table.primary([\"a\", \"b\"])` for one over several columns"
    )]
    TwoPrimaryKeys {
        /// The table.
        table: String,
    },
    /// A table without columns.
    #[error("table `{table}` has no columns")]
    NoColumns {
        /// The table.
        table: String,
    },
    /// Something that only an existing table can do.
    #[error("`{change}` is not possible while creating `{table}`; use `schema.table(\"{table}\", …)`")]
    NotInCreate {
        /// The table.
        table: String,
        /// What was asked.
        change: String,
    },
    /// An index or key over no columns, or over columns that a new table does not have.
    #[error("{what} `{name}` of table `{table}` names column `{column}`, which the table does not have")]
    UnknownColumn {
        /// The table.
        table: String,
        /// `index`, `primary key`, `foreign key`.
        what: &'static str,
        /// Its name.
        name: String,
        /// The column.
        column: String,
    },
    /// A foreign key that says too little.
    #[error(
        "foreign key `{name}` of table `{table}` needs `.references(…)` and `.on(…)` with as many columns as it has"
    )]
    IncompleteForeignKey {
        /// The table.
        table: String,
        /// Its name.
        name: String,
    },
    /// An enumeration that nothing fits.
    #[error("column `{column}` of table `{table}` is an enumeration without values")]
    EmptyEnumeration {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A modifier of numbers on something else.
    #[error("column `{column}` of table `{table}` is no {needed}, and can not be `{modifier}`")]
    NotANumber {
        /// The table.
        table: String,
        /// The column.
        column: String,
        /// What it would have to be.
        needed: &'static str,
        /// `unsigned()` or `auto_increment()`.
        modifier: &'static str,
    },
    /// SQL for a database that there is not: it would never run.
    #[error("`sql_for(\"{database}\", …)` names no family of databases; there are {}", crate::dialect::families().join(", "))]
    UnknownFamily {
        /// What was written.
        database: String,
    },
    /// A change that changes nothing.
    #[error("`schema.table(\"{table}\", …)` records nothing")]
    NothingRecorded {
        /// The table.
        table: String,
    },
}

/// Everything that one body recorded.
#[derive(Clone, Debug, Default)]
pub struct Recorded {
    /// The operations in order.
    pub operations: Vec<Operation>,
    /// The mistakes; with any of them nothing may run.
    pub errors: Vec<DslError>,
}

/// Records what a migration asks for. Nothing runs while recording.
#[derive(Default)]
pub struct Schema {
    recorded: Recorded,
}

impl Schema {
    /// Records a body.
    #[must_use]
    pub fn record(body: fn(&mut Schema)) -> Recorded {
        let mut schema = Schema::default();
        body(&mut schema);
        schema.recorded
    }

    /// Creates a table.
    pub fn create(&mut self, table: &str, build: impl FnOnce(&mut Blueprint)) {
        let mut blueprint = Blueprint::new(TableName::parse(table));
        build(&mut blueprint);
        self.push_table(blueprint, false);
    }

    /// Creates a table unless there is one of that name, whatever its shape.
    pub fn create_if_not_exists(&mut self, table: &str, build: impl FnOnce(&mut Blueprint)) {
        let mut blueprint = Blueprint::new(TableName::parse(table));
        build(&mut blueprint);
        self.push_table(blueprint, true);
    }

    /// Changes a table.
    pub fn table(&mut self, table: &str, build: impl FnOnce(&mut Blueprint)) {
        let mut blueprint = Blueprint::new(TableName::parse(table));
        build(&mut blueprint);
        self.push_changes(TableName::parse(table), blueprint);
    }

    /// Gives a table another name.
    pub fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = (TableName::parse(from), TableName::parse(to));
        self.check_name("table", &from, &from.name);
        self.check_name("table", &to, &to.name);
        self.recorded.operations.push(Operation::RenameTable { from, to });
    }

    /// Removes a table and its rows.
    pub fn drop(&mut self, table: &str) {
        self.push_drop(table, false);
    }

    /// Removes a table if it is there.
    pub fn drop_if_exists(&mut self, table: &str) {
        self.push_drop(table, true);
    }

    /// Runs SQL as written, on every database. Several statements are split properly.
    pub fn sql(&mut self, text: &str) {
        self.recorded.operations.push(Operation::Sql(SqlStep::everywhere(text)));
    }

    /// Runs SQL on one database family (`"sqlite"`, `"postgres"`, `"mysql"`); consecutive calls are one step, and a
    /// database that none of them names is refused.
    pub fn sql_for(&mut self, database: &str, text: &str) {
        if !crate::dialect::families().contains(&database) {
            self.recorded.errors.push(DslError::UnknownFamily { database: database.to_owned() });
        }
        let entry = (Some(database.to_owned()), text.to_owned());
        if let Some(Operation::Sql(step)) = self.recorded.operations.last_mut()
            && step.texts.iter().all(|(name, _)| name.as_deref().is_some_and(|name| name != database))
        {
            step.texts.push(entry);
            return;
        }
        self.recorded.operations.push(Operation::Sql(SqlStep { texts: vec![entry], first_line: None }));
    }

    /// Runs code on the rows, in the migration's own transaction: `schema.run("backfill slugs", async |db| { … })`.
    pub fn run<F>(&mut self, name: &str, run: F)
    where
        F: for<'a> AsyncFn(&'a mut Db) -> DataResult + for<'a> DataFn<'a> + 'static,
    {
        self.recorded.operations.push(Operation::Data(DataStep::new(name, run)));
    }

    fn push_drop(&mut self, table: &str, if_exists: bool) {
        let table = TableName::parse(table);
        self.check_name("table", &table, &table.name);
        self.recorded.operations.push(Operation::DropTable { table, if_exists });
    }

    fn push_table(&mut self, blueprint: Blueprint, if_not_exists: bool) {
        let (table, errors) = blueprint.into_table(if_not_exists);
        self.recorded.errors.extend(errors);
        self.check_table(&table);
        self.recorded.operations.push(Operation::CreateTable(table));
    }

    fn push_changes(&mut self, table: TableName, blueprint: Blueprint) {
        let (changes, errors) = blueprint.into_changes();
        self.recorded.errors.extend(errors);
        if changes.is_empty() {
            self.recorded.errors.push(DslError::NothingRecorded { table: table.to_string() });
        }
        self.check_name("table", &table, &table.name);
        for change in &changes {
            self.check_change(&table, change);
        }
        self.recorded.operations.push(Operation::AlterTable { table, changes });
    }

    fn check_table(&mut self, table: &TableDef) {
        let name = &table.name;
        self.check_name("table", name, &name.name);
        if table.columns.is_empty() {
            self.recorded.errors.push(DslError::NoColumns { table: name.to_string() });
        }
        let mut seen = BTreeSet::new();
        for column in &table.columns {
            if !seen.insert(column.name.to_lowercase()) {
                let error =
                    DslError::DuplicateColumn { table: name.to_string(), column: column.name.clone() };
                self.recorded.errors.push(error);
            }
            self.check_change(name, &TableChange::AddColumn(column.clone()));
        }
        let keys = table.primary_key.iter().map(|key| ("primary key", &key.name, &key.columns));
        let indexes = table.indexes.iter().map(|index| ("index", &index.name, &index.columns));
        let foreign = table.foreign_keys.iter().map(|key| ("foreign key", &key.name, &key.columns));
        for (what, key, columns) in keys.chain(indexes).chain(foreign) {
            for column in columns.iter().filter(|column| !table.columns.iter().any(|c| &c.name == *column)) {
                self.recorded.errors.push(DslError::UnknownColumn {
                    table: name.to_string(),
                    what,
                    name: key.clone(),
                    column: column.clone(),
                });
            }
        }
        let auto = table.columns.iter().filter(|column| column.auto_increment).count();
        if auto > 1 || (auto == 1 && table.primary_key.is_some()) {
            self.recorded.errors.push(DslError::TwoPrimaryKeys { table: name.to_string() });
        }
        for key in &table.foreign_keys {
            self.check_change(name, &TableChange::AddForeignKey(key.clone()));
        }
        for index in &table.indexes {
            self.check_change(name, &TableChange::AddIndex(index.clone()));
        }
    }

    fn check_change(&mut self, table: &TableName, change: &TableChange) {
        match change {
            TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => {
                self.check_name("column", table, &column.name);
                let wrong = [
                    (column.auto_increment && !column.kind.is_integer(), "whole number", "auto_increment()"),
                    (column.unsigned && !column.kind.is_number(), "number", "unsigned()"),
                ];
                for (_, needed, modifier) in wrong.into_iter().filter(|(wrong, ..)| *wrong) {
                    let (table, column) = (table.to_string(), column.name.clone());
                    self.recorded.errors.push(DslError::NotANumber { table, column, needed, modifier });
                }
                if matches!(&column.kind, crate::operation::ColumnType::Enumeration { values } if values.is_empty())
                {
                    let (table, column) = (table.to_string(), column.name.clone());
                    self.recorded.errors.push(DslError::EmptyEnumeration { table, column });
                }
            }
            TableChange::RenameColumn { from, to } | TableChange::RenameIndex { from, to } => {
                self.check_name("name", table, from);
                self.check_name("name", table, to);
            }
            TableChange::AddIndex(index) => {
                self.check_name("index", table, &index.name);
                if index.columns.is_empty() {
                    self.recorded
                        .errors
                        .push(DslError::EmptyName { table: table.to_string(), what: "index column" });
                }
            }
            TableChange::AddForeignKey(key) => {
                self.check_name("foreign key", table, &key.name);
                if key.references.name.is_empty()
                    || key.columns.is_empty()
                    || key.columns.len() != key.referenced_columns.len()
                {
                    let (table, name) = (table.to_string(), key.name.clone());
                    self.recorded.errors.push(DslError::IncompleteForeignKey { table, name });
                }
            }
            TableChange::DropColumn { name } => self.check_name("column", table, name),
            _ => {}
        }
    }

    fn check_name(&mut self, what: &'static str, table: &TableName, name: &str) {
        if name.is_empty() {
            self.recorded.errors.push(DslError::EmptyName { table: table.to_string(), what });
        } else if name.contains('\0') {
            self.recorded.errors.push(DslError::Nul { what, name: name.to_owned() });
        }
    }
}

impl Schema {
    /// Records an operation that was built by hand.
    pub fn operation(&mut self, operation: Operation) {
        self.recorded.operations.push(operation);
    }
}
