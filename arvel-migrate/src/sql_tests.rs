//! SQL as written, on real databases: what is split is run and told as it was written.

use crate::{
    Error, UpgradeRequest,
    exec::{AfterFailure, Failure, RunError},
    migration::{Catalog, LineName},
    testing::{Engine, TestDatabase},
};

fn catalog(files: &[(&str, &str)]) -> Catalog {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    Catalog::read_folder(folder.path(), &LineName::default_line()).unwrap()
}

async fn migrate(database: &TestDatabase, text: &str) -> Result<(), Error> {
    let migrator = database.migrator(catalog(&[("1_sql.sql", text)])).unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.map(drop)
}

async fn failure(database: &TestDatabase, text: &str) -> Failure {
    match migrate(database, text).await {
        Err(Error::Run(RunError::Failed(failure))) => *failure,
        other => panic!("{other:?}\n{text}"),
    }
}

#[tokio::test]
async fn a_semicolon_before_the_delimiter_is_no_empty_statement() {
    let Some(database) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let text = "DELIMITER //\nCREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\nEND;\n//\nCREATE TABLE a (n int);//\nDELIMITER ;\nINSERT INTO a VALUES (1);\n";
    migrate(&database, text).await.unwrap();
    let mut db = database.connect().await.unwrap();
    assert_eq!(db.fetch_all("SELECT n FROM a", &[]).await.unwrap().len(), 1);
}

#[tokio::test]
async fn of_two_statements_before_one_delimiter_the_failed_one_is_told() {
    let Some(database) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let text = "DELIMITER //\nCREATE TABLE a (n int);\nINSERT INTO nowhere VALUES (1)//\n";
    let failure = failure(&database, text).await;
    assert_eq!((failure.line, failure.statement.as_str()), (Some(3), "INSERT INTO nowhere VALUES (1)"));
    assert_eq!(failure.after, AfterFailure::Committed { statements: vec!["CREATE TABLE a (n int)".into()] });
}

/// Its results count as answers of their own: the failure used to be told as one of the bookkeeping.
#[tokio::test]
async fn a_call_that_fails_behind_its_first_result_is_the_failed_statement() {
    let Some(database) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let body = "BEGIN SELECT 1; SELECT 2; SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no more'; END";
    for (create, call) in [
        (format!("CREATE PROCEDURE p() {body};"), "CALL p()".to_owned()),
        ("SELECT 1;".to_owned(), body.replacen("BEGIN", "BEGIN NOT ATOMIC", 1)),
        (format!("CREATE OR REPLACE PROCEDURE p() {body};"), "EXECUTE IMMEDIATE 'CALL p()'".to_owned()),
    ] {
        for behind in ["", "SELECT 3;"] {
            let failure = failure(&database, &format!("{create}\n{call};\n{behind}")).await;
            assert_eq!((failure.line, failure.statement.as_str()), (Some(2), call.as_str()));
            assert_eq!(failure.error.message, "no more");
            let mut db = database.connect().await.unwrap();
            for table in ["arvel_migration_steps", "arvel_migrations"] {
                db.execute(&format!("DELETE FROM {table}"), &[]).await.unwrap();
            }
            db.execute("DROP PROCEDURE IF EXISTS p", &[]).await.unwrap();
        }
    }
}

#[tokio::test]
async fn rows_that_only_a_client_takes_are_refused_before_anything_runs() {
    let Some(database) = TestDatabase::create(Engine::POSTGRES).await.unwrap() else { return };
    let error = migrate(&database, "CREATE TABLE a (n int);\nCOPY a TO STDOUT;\n").await.unwrap_err();
    assert_eq!((error.code(), error.exit().0), ("migration.sql", 1), "{error}");
    assert!(!database.connect().await.unwrap().has_table("a").await.unwrap());
}

#[tokio::test]
async fn a_fresh_start_looks_at_the_sql_before_it_drops_anything() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        migrate(&database, "CREATE TABLE a (n int);").await.unwrap();
        let open = catalog(&[("1_sql.sql", "CREATE TABLE a (n int);"), ("2_open.sql", "SELECT 'open;")]);
        let error = database.migrator(open).unwrap().fresh().await.unwrap_err();
        assert_eq!(error.code(), "migration.sql", "{error}");
        assert!(database.connect().await.unwrap().has_table("a").await.unwrap(), "{engine:?}");
    }
}

#[tokio::test]
async fn a_sql_file_in_the_program_is_blamed_by_its_own_name_and_line() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let catalog = crate::graph::testing::bodies(&[
            |schema| {
                schema.create("a", |table| {
                    table.integer("n");
                    table.string("t");
                });
            },
            |schema| schema.sql_file(crate::include_sql!("sql_tests_backfill.sql")),
        ]);
        let migrator = database.migrator(catalog).unwrap();
        let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
        let Error::Run(RunError::Failed(failure)) = error else { panic!("{engine:?}: {error:?}") };
        let path = failure.path.expect("a file").display().to_string();
        assert!(path.ends_with("src/sql_tests_backfill.sql"), "{path}");
        assert_eq!(failure.line, Some(4), "{engine:?}");
        assert_eq!(failure.statement, "INSERT INTO a\n  SELECT n + 1, t FROM nowhere");
        let mut db = database.connect().await.unwrap();
        db.execute("CREATE TABLE nowhere (n int, t varchar(9))", &[]).await.unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(db.fetch_all("SELECT t FROM a", &[]).await.unwrap()[0].text("t"), Some("x;y"));
    }
}
