//! Sequences, routines, triggers and partitions on a MariaDB: what the folders of the conformance suite do not show.

use super::server_tests::{MARIADB, Server};
use crate::{
    dsl::Schema,
    operation::{Object, ObjectId, ObjectKind, Operation, RoutineDef},
    schema::Wanted,
    undo,
};

impl Server {
    /// The way back of a migration, as it is found before it runs.
    async fn way_back(&mut self, body: fn(&mut Schema)) -> Result<Vec<Operation>, String> {
        let operations = Schema::record(body).operations;
        let seen =
            self.dialect.inspect(&mut *self.connection, Some(&undo::needs(&operations))).await.unwrap();
        undo::resolve(&*self.dialect, &operations, seen).map_err(|error| error.to_string())
    }
}

fn routine(kind: ObjectKind, name: &str) -> ObjectId {
    ObjectId { arguments: Some(String::new()), ..ObjectId::new(kind, name) }
}

#[tokio::test]
async fn the_text_of_a_routine_keeps_what_the_catalog_forgets() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    let aggregate = "CREATE AGGREGATE FUNCTION last_one(x int) RETURNS int BEGIN DECLARE n int; \
                     DECLARE EXIT HANDLER FOR NOT FOUND RETURN n; LOOP FETCH GROUP NEXT ROW; SET n = x; END LOOP; END";
    server.run(aggregate).await;
    server.run("CREATE DEFINER = x@y PROCEDURE p(a enum('b', 'c') charset latin1) SELECT a").await;
    let before = server.inspect().await;
    let way = server.way_back(|s| {
        s.drop_function("last_one", "integer");
        s.drop_procedure("P", "text");
    });
    let way = way.await.unwrap();
    server.run("DROP FUNCTION last_one").await;
    server.run("DROP PROCEDURE p").await;
    server.send(&way).await;
    let after = server.inspect().await;
    let text = |id: &ObjectId| match after.object(id) {
        Some(Object::Routine(RoutineDef { sql, .. })) => sql,
        other => panic!("{other:?}"),
    };
    let function = text(&routine(ObjectKind::Function, "last_one"));
    assert!(
        function.starts_with("CREATE AGGREGATE FUNCTION `last_one`(x int) RETURNS int(11)"),
        "{function}"
    );
    let procedure = text(&routine(ObjectKind::Procedure, "P"));
    let expected = "CREATE DEFINER = `x`@`y` PROCEDURE `P`(a enum('b', 'c') charset latin1)\nSELECT a";
    assert_eq!(procedure, expected);
    assert_eq!(before.objects.len(), after.objects.len());
    server.drop().await;
}

#[tokio::test]
async fn a_text_that_would_be_read_otherwise_is_not_a_way_back() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.run("CREATE TABLE t (a int)").await;
    server.run("SET SESSION sql_mode = 'ANSI_QUOTES'").await;
    server.run("CREATE FUNCTION f() RETURNS int RETURN 1").await;
    server.run("CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.\"a\" = 1").await;
    server.run("SET SESSION sql_mode = 'STRICT_ALL_TABLES'").await;
    let hidden = "the role that migrates is not shown it or would read it otherwise";
    for body in
        [(|s| s.drop_function("f", "")) as fn(&mut Schema), |s| s.drop_trigger("g", "t"), |s| s.drop("t")]
    {
        let error = server.way_back(body).await.unwrap_err();
        assert!(error.contains(hidden), "{error}");
    }
    let elsewhere = server.way_back(|s| s.drop_trigger("g", "other")).await.unwrap_err();
    assert!(elsewhere.contains("it is not there under this name"), "{elsewhere}");
    server.drop().await;
}

#[tokio::test]
async fn a_routine_of_another_is_seen_without_its_text() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.run("CREATE FUNCTION f() RETURNS int RETURN 1").await;
    let database =
        server.connection.query("SELECT database() AS d").await.unwrap()[0].text("d").unwrap().to_owned();
    let user = format!("u{}", &database[database.len() - 12..]);
    server.run(&format!("CREATE USER '{user}'@'%' IDENTIFIED BY 'x'")).await;
    server.run(&format!("GRANT EXECUTE, ALTER ROUTINE ON `{database}`.* TO '{user}'@'%'")).await;
    let own = server.database.url().expose().to_string();
    let place = own.rsplit_once('@').or_else(|| own.rsplit_once("//")).unwrap().1;
    let url = crate::url::DatabaseUrl::parse(&format!("mysql://{user}:x@{place}")).unwrap();
    let driver = crate::dialect::driver_for("mysql").unwrap();
    let (mut connection, dialect) = driver.connect(&url, false).await.unwrap();
    let id = routine(ObjectKind::Function, "f");
    let seen = dialect.inspect(&mut *connection, Some(&Wanted::object(id.clone()))).await.unwrap();
    connection.close().await.unwrap();
    server.run(&format!("DROP USER '{user}'@'%'")).await;
    let Some(Object::Routine(found)) = seen.object(&id) else { panic!("{seen:?}") };
    assert_eq!(found.sql, "");
    let drop = Operation::Drop { object: id, if_exists: false };
    assert!(undo::resolve(&*dialect, &[drop], seen).is_err());
    server.drop().await;
}

#[tokio::test]
async fn sequences_are_shown_as_the_server_completes_them() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server
        .apply(|s| {
            s.create_sequence("plain", |_| {});
            s.create_sequence("Odd name", |q| {
                q.increment(-3);
            });
            s.create_sequence("kept", |q| {
                q.minimum(5).cache(0);
            });
        })
        .await;
    assert_eq!(server.inspect().await.objects.len(), 3);
    server.drop().await;
}

#[tokio::test]
async fn partitions_for_all_other_values_are_told_from_those_for_zero() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.run("CREATE TABLE z (a int) PARTITION BY LIST (a) (PARTITION p VALUES IN (0))").await;
    let list = "PARTITION BY LIST (a) (PARTITION p VALUES IN (1), PARTITION q DEFAULT)";
    server.run(&format!("CREATE TABLE d (a int) {list}")).await;
    let found = server.inspect().await;
    let bounds = |table: &str| -> Vec<String> {
        let table = found.table(&table.into()).unwrap();
        table.partitions.iter().map(|(_, bounds)| bounds.clone()).collect()
    };
    assert_eq!(bounds("z"), ["VALUES IN (0)"]);
    assert_eq!(bounds("d"), ["VALUES IN (1)", "DEFAULT"]);
    server.drop().await;
}

#[tokio::test]
async fn triggers_of_another_database_come_back_to_it() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    let database =
        server.connection.query("SELECT database() AS d").await.unwrap()[0].text("d").unwrap().to_owned();
    server.run("CREATE TABLE t (a int)").await;
    server.run("CREATE TRIGGER one BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1").await;
    let table = crate::operation::TableName { schema: Some(database.clone()), name: "t".to_owned() };
    let id = ObjectId { table: Some(table), ..ObjectId::new(ObjectKind::Trigger, "one") };
    let drop = [Operation::Drop { object: id, if_exists: false }];
    let seen = server.dialect.inspect(&mut *server.connection, Some(&undo::needs(&drop))).await.unwrap();
    let way = undo::resolve(&*server.dialect, &drop, seen).unwrap();
    let [Operation::Create(Object::Trigger(trigger))] = &*way else { panic!("{way:?}") };
    let expected = format!(
        "CREATE TRIGGER `{database}`.`one` BEFORE INSERT ON `{database}`.`t` FOR EACH ROW SET NEW.a = 1"
    );
    assert_eq!(trigger.sql, expected);
    server.drop().await;
}
