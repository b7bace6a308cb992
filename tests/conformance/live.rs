//! A case on a real database.
//!
//! What is there before, with rows; the migration; what is there then, held against the fold, against what was asked
//! for, and against the SQL that the folder shows; the way back, which must lead back; and the way forward once more.
//! No row may go that no table went with. What a dialect refuses is refused in the words of the folder, and leaves the
//! database as it was.

use std::fs;

use arvel_migrate::{
    Error, Migrator, RollbackRequest, UpgradeRequest,
    dialect::{Connection, Dialect, SharedDialect, Support, driver_for},
    exec::RunError,
    migration::{Catalog, Migration},
    operation::{Feature, Operation},
    schema::DatabaseSchema,
    testing::{Engine, TestDatabase},
};

use crate::{
    asked,
    case::{Case, folder, running},
    difference::difference,
    golden::file_of,
    render,
    rows::{self, Contents},
    spelling::{Spelling, loosely},
};

/// Cases that run on a server which has the extension, and are read on others.
const WITH_EXTENSION: &[(&str, &str)] = &[
    ("geometry", "postgis"),
    ("geography", "postgis"),
    ("spatial_index", "postgis"),
    ("vector", "vector"),
    ("vector_index", "vector"),
];

/// Cases that are read, not run: they name what another database has.
const NOT_RUN: &[(&str, &str, &str)] = &[
    ("MariaDB", "full_text_parser", "a plugin that reads words"),
    ("PostgreSQL", "full_text_parser", "a parameter of MySQL"),
    ("PostgreSQL", "column_collation", "a collation of SQLite"),
    ("PostgreSQL", "index_collation", "a collation of SQLite"),
    ("PostgreSQL", "rebuild_keeps_everything_else", "a collation of SQLite"),
    ("PostgreSQL", "column_collation_changes", "a collation of MySQL"),
    ("PostgreSQL", "index_parameters_of_innodb", "a parameter of InnoDB"),
    ("PostgreSQL", "table_options_change", "a parameter of InnoDB"),
    ("PostgreSQL", "table_temporary", "it goes with the connection of the migration"),
];

/// Whether a case runs on a server that has no extension.
pub(crate) fn runs_everywhere(display_name: &str, name: &str) -> bool {
    let is_read = NOT_RUN.iter().any(|(on, case, _)| *on == display_name && *case == name);
    let is_extended = WITH_EXTENSION.iter().any(|(case, _)| *case == name);
    !(is_read || is_extended && display_name == "PostgreSQL")
}

/// Runs a case on an engine, if it can be reached.
pub(crate) async fn run(engine: Engine, name: &str) {
    let Some(database) = TestDatabase::create(engine).await.expect("a database for the test") else { return };
    let driver = driver_for(database.url().scheme()).expect("a driver");
    let (connection, dialect) = driver.connect(database.url(), false).await.expect("a connection");
    let display_name = dialect.capability().display_name;
    if NOT_RUN.iter().any(|(on, case, _)| *on == display_name && *case == name) {
        return;
    }
    let extension = WITH_EXTENSION.iter().find(|(case, _)| *case == name);
    if let Some((_, extension)) = extension.filter(|_| display_name == "PostgreSQL") {
        let sql = format!("SELECT 1 FROM pg_available_extensions WHERE name = '{extension}'");
        let mut db = database.connect().await.expect("a connection");
        if db.fetch_all(&sql, &[]).await.expect("the extensions").is_empty() {
            return;
        }
        // There before the migration, as whoever looks after the database would have it.
        db.execute(&format!("CREATE EXTENSION {extension}"), &[]).await.expect("the extension");
    }
    let spelling = Spelling::of(display_name);
    let case = Case::find(name);
    let file = file_of(display_name);
    let golden = fs::read_to_string(folder(name).join(file)).expect("the SQL of the case");
    let mut live = Live { connection, dialect, spelling, case, golden, database };
    live.all().await;
    live.connection.close().await.expect("it closes");
    live.database.drop_now().await.expect("it goes");
}

struct Live {
    connection: Box<dyn Connection>,
    dialect: SharedDialect,
    spelling: Spelling,
    case: Case,
    golden: String,
    database: TestDatabase,
}

impl Live {
    async fn all(&mut self) {
        // Nothing, but for an extension.
        let nothing = self.schema().await;
        if let Some(before) = self.case.before.clone()
            && let Err(error) = self.migrator(&[before]).migrate(&UpgradeRequest::default()).await
        {
            assert_eq!(self.golden, format!("-- before\n{}", refusal(error)));
            assert_eq!(self.schema().await, nothing);
            return;
        }
        let start = self.schema().await;
        let folded = self.fold(nothing, &self.case.before());
        self.same("what is there before", folded, &start);
        self.fill(&start).await;
        let rows = self.contents(&start).await;

        let page = render::up_and_down(&*self.dialect, &self.case, start.clone());
        let (page, golden) = (self.spelling.written(&page), self.spelling.written(&self.golden));
        assert_eq!(page, golden, "the SQL from the live schema is not that of the folder");

        let set: Vec<Migration> = self.case.before.iter().chain([&self.case.migration]).cloned().collect();
        let migrator = self.migrator(&set);
        if let Err(error) = migrator.migrate(&UpgradeRequest::default()).await {
            assert_eq!(self.golden, format!("-- up\n{}", refusal(error)));
            assert_eq!(difference(&start, &self.schema().await), [""; 0], "a refusal changes nothing");
            assert_eq!(self.contents(&start).await, rows, "a refusal changes no row");
            return;
        }
        let end = self.schema().await;
        let up = running(&*self.dialect, &self.case.up(), &mut start.clone());
        let folded = self.fold(Some(start.clone()), &up);
        self.same("what is there afterwards", folded, &end);
        let (mut asked, held) = (asked::asked(&up, &start), asked::held(&end));
        if self.dialect.support(Feature::AddEnumValue) != Support::Yes {
            // There are no enum types: each column holds its values.
            asked.retain(|fact| !fact.starts_with("enum type "));
        }
        let lost: Vec<&String> = asked.difference(&held).collect();
        assert_eq!(lost, [""; 0], "asked for, and not there");
        let after = self.contents(&end).await;
        kept(&rows, &after, &end, "on the way forward");

        let mut back = migrator.rollback(&RollbackRequest::Steps(1)).await;
        if let Err(irreversible) = self.case.down(&*self.dialect, &start) {
            let error = back.expect_err("it has no way back");
            assert!(error.to_string().contains(&irreversible.to_string()), "{error}");
            assert_eq!(difference(&end, &self.schema().await), [""; 0], "a refusal changes nothing");
            return;
        }
        let mut after = after;
        if back.as_ref().is_err_and(|error| error.code() == "migration.lost_values") {
            // What held the values is gone: without rows the shape comes back.
            assert_eq!(difference(&end, &self.schema().await), [""; 0], "a refusal changes nothing");
            assert_eq!(self.contents(&end).await, after, "a refusal changes no row");
            self.empty(&end).await;
            after = self.contents(&end).await;
            back = migrator.rollback(&RollbackRequest::Steps(1)).await;
        }
        back.unwrap_or_else(|error| panic!("the way back: {error}"));
        let again = self.schema().await;
        let expected = loosely(in_order_of(&*self.dialect, &again, start));
        self.same("what is there after the way back", Some(expected), &loosely(again.clone()));
        kept(&after, &self.contents(&again).await, &again, "on the way back");

        migrator
            .migrate(&UpgradeRequest::default())
            .await
            .unwrap_or_else(|error| panic!("once more: {error}"));
        let twice = self.schema().await;
        let expected = loosely(in_order_of(&*self.dialect, &twice, end));
        self.same("what is there after the second way forward", Some(expected), &loosely(twice));
    }

    fn migrator(&self, migrations: &[Migration]) -> Migrator {
        let catalog = Catalog::new(migrations.to_vec()).expect("no revision twice");
        self.database.migrator(catalog).expect("a sound set")
    }

    async fn schema(&self) -> DatabaseSchema {
        self.database.schema().await.expect("it can be read")
    }

    async fn contents(&mut self, schema: &DatabaseSchema) -> Contents {
        rows::read(&mut *self.connection, &*self.dialect, schema).await
    }

    /// The schema behind the operations as others see it; `None` when nobody can foresee it.
    fn fold(
        &self,
        schema: impl Into<Option<DatabaseSchema>>,
        operations: &[Operation],
    ) -> Option<DatabaseSchema> {
        let mut schema = schema.into()?;
        let operations = running(&*self.dialect, operations, &mut schema.clone());
        let known = operations.iter().all(|operation| self.dialect.fold(operation, &mut schema));
        // A partition stands with its table.
        schema.tables.retain(|_, table| !table.options.temporary && table.partition_of.is_none());
        known.then_some(schema)
    }

    fn same(&self, what: &str, expected: Option<DatabaseSchema>, found: &DatabaseSchema) {
        let Some(expected) = expected else { return };
        let differences = difference(&self.spelling.apply(expected), found);
        assert!(differences.is_empty(), "{what}:\n{}", differences.join("\n"));
    }

    /// Rows for what is there: the case's own, or made up.
    async fn fill(&mut self, schema: &DatabaseSchema) {
        let statements = match &self.case.rows {
            // The tables may be those of another database.
            Some(_) if schema.tables.is_empty() => Vec::new(),
            Some(rows) => rows.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
            None => rows::generated(&*self.dialect, schema),
        };
        for sql in statements {
            self.connection.execute(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
    }

    /// Removes all rows, children before parents.
    async fn empty(&mut self, schema: &DatabaseSchema) {
        for name in rows::parents_first(schema).iter().rev() {
            let sql = format!("DELETE FROM {}", rows::quoted(&*self.dialect, name));
            self.connection.execute(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
        }
    }
}

/// The expected schema with its columns in the order in which they are found, where the engine can not put a column
/// into its former place.
pub(crate) fn in_order_of(
    dialect: &dyn Dialect,
    found: &DatabaseSchema,
    mut expected: DatabaseSchema,
) -> DatabaseSchema {
    if dialect.support(Feature::First) == Support::Yes {
        return expected;
    }
    for (name, table) in &mut expected.tables {
        let Some(other) = found.tables.get(name) else { continue };
        let place = |name: &str| other.columns.iter().position(|column| column.name == name);
        table.columns.sort_by_key(|column| place(&column.name));
    }
    expected
}

/// A compilation's refusal as the folder has it.
fn refusal(error: Error) -> String {
    match error {
        Error::Run(RunError::Compile { error, .. }) => render::refusal(&error),
        other => panic!("{other}\n{:?}", other.hint()),
    }
}

/// Every table that is still there has its rows, and every column that both have its values, unless it is computed.
fn kept(before: &Contents, after: &Contents, computed: &DatabaseSchema, way: &str) {
    for (table, (count, columns)) in before {
        let Some((count_after, columns_after)) = after.get(table) else { continue };
        assert_eq!(count_after, count, "rows of {table} {way}");
        for (column, values) in columns {
            let found = columns_after.get(column);
            let shape = computed.table(table).and_then(|table| table.column(column));
            if shape.is_none_or(|column| column.generated.is_none())
                && let Some(found) = found
            {
                assert_eq!(found, values, "{table}.{column} {way}");
            }
        }
    }
}
