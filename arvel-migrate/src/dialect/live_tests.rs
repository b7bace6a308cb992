//! The drivers against real databases: cells as text, arguments, packets, kinds of errors.

use super::{Connection, ErrorKind, Value, driver_for};
use crate::testing::{Engine, TestDatabase};

async fn connect(database: &TestDatabase) -> Box<dyn Connection> {
    driver_for(database.url().scheme()).unwrap().connect(database.url(), true).await.unwrap().0
}

#[tokio::test]
async fn cells_come_as_text_with_and_without_arguments() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let url = engine.family;
        let mut connection = connect(&database).await;
        let row = connection.query("SELECT 1 AS n, 'x' AS t, NULL AS z, 1.5 AS f").await.unwrap().remove(0);
        assert_eq!((row.integer("n"), row.text("t"), row.text("z")), (Some(1), Some("x"), None), "{url}");
        assert_eq!(row.text("f"), Some("1.5"), "{url}");
        let sql = if engine == Engine::POSTGRES {
            "SELECT $1::bigint AS n, $2::text AS t"
        } else {
            "SELECT ? AS n, ? AS t"
        };
        let args = [Value::Integer(7), Value::Text("it's".into())];
        let row = connection.query_with(sql, &args).await.unwrap().remove(0);
        assert_eq!((row.integer("n"), row.text("t")), (Some(7), Some("it's")), "{url}");
        connection.close().await.unwrap();
    }
}

#[tokio::test]
async fn a_packet_says_how_many_statements_had_completed() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let url = engine.family;
        let mut connection = connect(&database).await;
        let sql =
            "CREATE TEMPORARY TABLE arvel_packet (n INTEGER); INSERT INTO arvel_packet VALUES (1); nonsense";
        let error = connection.packet(sql).await.unwrap_err();
        // MySQL parses each statement as it comes to it; PostgreSQL parses all of them first.
        let expected = if engine == Engine::POSTGRES { 0 } else { 2 };
        assert_eq!((error.completed, error.error.kind), (expected, ErrorKind::Statement), "{url}: {error:?}");
        let error = connection.query("SELECT * FROM arvel_no_such_table").await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::MissingTable, "{url}: {error:?}");
    }
}

#[tokio::test]
async fn postgres_says_where() {
    let Some(database) = TestDatabase::create(Engine::POSTGRES).await.unwrap() else { return };
    let mut connection = connect(&database).await;
    let error = connection.query("SELECT 'ä', nope FROM pg_class").await.unwrap_err();
    assert_eq!(error.position, Some("SELECT 'ä', ".len()));
}
