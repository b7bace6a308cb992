//! The recorder that a migration's `up` and `down` are given.

use super::{Blueprint, ColumnNames, DslError, mistakes};
use crate::{
    Given,
    db::Db,
    operation::{DataFn, DataResult, DataStep, EmbeddedSql, Operation, SqlStep, TableName},
};

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
    pub(super) recorded: Recorded,
    given: Given,
    /// What the migration declares that it reads.
    reads: Vec<String>,
    /// The table that a closure is working on. It lies here because everything generic is compiled once for each
    /// closure of an application: what is generic below only opens, calls and closes.
    open: Option<Blueprint>,
}

impl Schema {
    /// Records a body.
    #[must_use]
    pub fn record(body: fn(&mut Schema)) -> Recorded {
        Self::record_with(body, &[], &Given::default())
    }

    /// Records a body that may read some of what is given.
    #[must_use]
    pub fn record_with(body: fn(&mut Schema), reads: &[String], given: &Given) -> Recorded {
        let mut schema = Schema { given: given.clone(), reads: reads.to_vec(), ..Schema::default() };
        body(&mut schema);
        schema.finish()
    }

    /// Records a part of the body.
    pub(super) fn nested(&self, record: impl FnOnce(&mut Schema)) -> Recorded {
        let mut schema = Schema { given: self.given.clone(), reads: self.reads.clone(), ..Schema::default() };
        record(&mut schema);
        schema.finish()
    }

    /// The value of `-x key=…`, if it is given. The migration declares the key: `migration! { up, down, reads: ["key"] }`;
    /// it is then told from an edited one by the text of its file, since what it records depends on the value.
    pub fn arg(&mut self, key: &str) -> Option<String> {
        self.read(key)
    }

    /// As [`arg`](Self::arg), where nothing can be recorded without it: when it is not given nothing runs, and the error
    /// says what is missing. The text is empty then.
    pub fn require_arg(&mut self, key: &str) -> String {
        self.read(key).unwrap_or_else(|| {
            self.recorded.errors.push(DslError::NotGiven { entry: key.to_owned() });
            String::new()
        })
    }

    /// What `--tag` says, if it is given. The migration declares it: `reads: ["--tag"]`.
    pub fn tag(&mut self) -> Option<String> {
        self.read(crate::given::TAG)
    }

    fn read(&mut self, entry: &str) -> Option<String> {
        if !self.reads.iter().any(|known| known == entry) {
            self.recorded.errors.push(DslError::NotDeclared { entry: entry.to_owned() });
        }
        self.given.read(entry).map(str::to_owned)
    }

    /// What was recorded. What a call on an object was followed by is known only now.
    pub(super) fn finish(self) -> Recorded {
        let mut recorded = self.recorded;
        recorded.errors.extend(recorded.operations.iter().flat_map(mistakes::of_object));
        recorded
    }

    /// Creates a table.
    pub fn create(&mut self, table: &str, build: impl FnOnce(&mut Blueprint)) {
        build(self.open(table));
        self.close_table(false);
    }

    /// Creates a table unless there is one of that name, whatever its shape.
    pub fn create_if_not_exists(&mut self, table: &str, build: impl FnOnce(&mut Blueprint)) {
        build(self.open(table));
        self.close_table(true);
    }

    /// Changes a table.
    pub fn table(&mut self, table: &str, build: impl FnOnce(&mut Blueprint)) {
        build(self.open(table));
        self.close_changes();
    }

    /// Removes columns of a table with their values.
    pub fn drop_columns(&mut self, table: &str, columns: impl ColumnNames) {
        self.open(table).drop_columns(columns);
        self.close_changes();
    }

    /// Gives a table another name.
    pub fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = (TableName::parse(from), TableName::parse(to));
        self.recorded.errors.extend(mistakes::of_name(&from));
        self.recorded.errors.extend(mistakes::of_name(&to));
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
        self.recorded.operations.push(Operation::Sql(SqlStep {
            texts: vec![entry],
            first_line: None,
            file: None,
        }));
    }

    /// Runs the SQL of a file, on every database: `schema.sql_file(include_sql!("backfill.sql"))`. The text is in the
    /// program, and in the checksum of the migration. It is one text: sections and header lines of SQL migrations are
    /// refused in it.
    pub fn sql_file(&mut self, sql: EmbeddedSql) {
        let text = crate::migration::normalized_sql(sql.text);
        if let Some(line) = crate::migration::line_of_a_migration(&text) {
            self.recorded.errors.push(DslError::HeaderInSqlFile { file: sql.path(), line });
        }
        let step = SqlStep { first_line: Some(1), file: Some(sql.path()), ..SqlStep::everywhere(text) };
        self.recorded.operations.push(Operation::Sql(step));
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
        self.recorded.errors.extend(mistakes::of_name(&table));
        self.recorded.operations.push(Operation::DropTable { table, if_exists });
    }

    fn open(&mut self, table: &str) -> &mut Blueprint {
        self.open.insert(Blueprint::new(TableName::parse(table)))
    }

    fn close_table(&mut self, if_not_exists: bool) {
        let Some(blueprint) = self.open.take() else { return };
        let (table, errors) = blueprint.into_table(if_not_exists);
        self.recorded.errors.extend(errors);
        self.recorded.errors.extend(mistakes::of_table(&table));
        self.recorded.operations.push(Operation::CreateTable(table));
    }

    fn close_changes(&mut self) {
        let Some(blueprint) = self.open.take() else { return };
        let table = blueprint.table.clone();
        let (changes, errors) = blueprint.into_changes();
        self.recorded.errors.extend(errors);
        self.recorded.errors.extend(mistakes::of_changes(&table, &changes));
        self.recorded.operations.push(Operation::AlterTable { table, changes });
    }
}

impl Schema {
    /// Records an operation that was built by hand.
    pub fn operation(&mut self, operation: Operation) {
        self.recorded.operations.push(operation);
    }
}
