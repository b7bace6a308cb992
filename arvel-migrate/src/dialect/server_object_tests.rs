//! Views, sequences, types, routines, triggers and partitions on real servers: what is folded is what is inspected, and
//! what was inspected, made again, is inspected as the same.

use super::server_tests::{MARIADB, POSTGRES, Server};
use crate::{
    dsl::Schema,
    operation::{Object, ObjectId, ObjectKind, Operation, ViewDef, reverse},
    schema::{DatabaseSchema, Wanted},
};

impl Server {
    /// Runs operations one by one.
    pub(super) async fn send(&mut self, operations: &[Operation]) {
        for operation in operations {
            let needs = self.dialect.needs(operation);
            let before = self.dialect.inspect(&mut *self.connection, Some(&needs)).await.unwrap();
            for statement in self.dialect.compile(operation, &before).unwrap() {
                self.run(&statement.sql).await;
            }
        }
    }

    /// Applies a body and rolls it back: the schema is the one before.
    async fn there_and_back(&mut self, body: fn(&mut Schema)) -> DatabaseSchema {
        let before = self.inspect().await;
        self.apply(body).await;
        let there = self.inspect().await;
        let back = reverse(&Schema::record(body).operations).unwrap();
        self.send(&back).await;
        assert_eq!(self.inspect().await, before);
        self.apply(body).await;
        there
    }

    /// Drops an object and makes it again from what was seen, under the name by which it was asked for.
    async fn again(&mut self, id: ObjectId) -> Object {
        let before = self.inspect().await;
        let wanted = Wanted::object(id.clone());
        let seen = self.dialect.inspect(&mut *self.connection, Some(&wanted)).await.unwrap();
        let object = seen.object(&id).unwrap_or_else(|| panic!("no {id} in {seen:?}")).clone();
        self.send(&[Operation::Drop { object: id, if_exists: false }]).await;
        let without = self.inspect().await;
        assert_ne!(without, before);
        for object in seen.objects.values() {
            self.send(&[Operation::Create(object.clone())]).await;
        }
        assert_eq!(self.inspect().await, before);
        object
    }
}

fn posts(s: &mut Schema) {
    s.create("posts", |t| {
        t.id();
        t.string("title");
        t.boolean("live").default(false);
    });
}

fn view(name: &str) -> ObjectId {
    ObjectId::new(ObjectKind::View, name)
}

#[tokio::test]
async fn views() {
    for engine in [POSTGRES, MARIADB] {
        let Some(mut server) = Server::new(engine).await else { continue };
        server.apply(posts).await;
        server
            .there_and_back(|s| {
                s.create_view("live_posts", "SELECT id, title FROM posts WHERE live -- the others not\n;");
                s.create_view("Odd name", "SELECT id, title FROM live_posts").columns(["key", "a title"]);
                s.create_view("checked", "SELECT * FROM posts WHERE live").check_option("cascaded");
            })
            .await;
        server
            .apply(|s| {
                s.create_or_replace_view("checked", "SELECT * FROM posts WHERE NOT live")
                    .check_option("LOCAL");
                s.drop_view("Odd name");
                s.drop_view_if_exists("Odd name");
                s.rename_view("live_posts", "shown posts");
            })
            .await;
        let Object::View(checked) = server.again(view("checked")).await else { panic!() };
        assert_eq!(checked.check_option.as_deref(), Some("LOCAL"));
        server.again(view("shown posts")).await;
        server.drop().await;
    }
}

#[tokio::test]
async fn options_of_views_survive() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(posts).await;
    server
        .apply(|s| {
            s.create_view("v", "SELECT id FROM posts").option("security_barrier", "true");
        })
        .await;
    let Object::View(seen) = server.again(view("v")).await else { panic!() };
    assert_eq!(seen.options, [("security_barrier".to_owned(), "true".to_owned())]);
    server.drop().await;
    let Some(mut server) = Server::new(MARIADB).await else { return };
    server.apply(posts).await;
    server
        .apply(|s| {
            let view = s.create_view("v", "SELECT id FROM posts");
            view.option("security", "invoker").option("algorithm", "merge").option("definer", "x@y");
        })
        .await;
    let Object::View(seen) = server.again(view("v")).await else { panic!() };
    let options: Vec<String> = seen.options.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(options, ["algorithm=MERGE", "definer=x@y", "security=INVOKER"]);
    server.drop().await;
}

#[tokio::test]
async fn materialized_views_come_again_with_their_indexes_and_without_rows_where_they_had_none() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(posts).await;
    server
        .there_and_back(|s| {
            let view = s.create_materialized_view("kept", "SELECT id, title FROM posts");
            view.option("fillfactor", "70").unique("id").index(["title", "id"]);
            s.create_materialized_view("empty", "SELECT id FROM kept").columns("n").without_data();
        })
        .await;
    // Indexes that the vocabulary has no word for on a view.
    server.run("CREATE INDEX by_words ON kept USING gin (to_tsvector('english', title))").await;
    server.run("CREATE INDEX by_half ON kept (lower(title) text_pattern_ops DESC) WHERE id > 3").await;
    server.run("DROP MATERIALIZED VIEW empty").await;
    let kept = id(ObjectKind::MaterializedView, "kept");
    let Object::View(seen) = server.again(kept).await else { panic!() };
    let names: Vec<&str> = seen.indexes.iter().map(|index| index.name.as_str()).collect();
    assert_eq!(names, ["by_half", "by_words", "kept_id_unique", "kept_title_id_index"]);
    server.drop().await;
}

#[tokio::test]
async fn objects_in_another_schema_are_found_by_their_name() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE SCHEMA other").await;
    server
        .send(
            &Schema::record(|s| {
                s.create_view("other.v", "SELECT 1 AS n");
                s.rename_view("other.v", "public.w");
            })
            .operations,
        )
        .await;
    let found = server.inspect().await;
    assert_eq!(found.objects.keys().collect::<Vec<_>>(), [&view("w"), &id(ObjectKind::Namespace, "other")]);
    let wanted = Wanted::object(view("public.w"));
    let seen = server.dialect.inspect(&mut *server.connection, Some(&wanted)).await.unwrap();
    let Some(Object::View(ViewDef { name, .. })) = seen.object(&view("public.w")) else { panic!("{seen:?}") };
    assert_eq!(name.to_string(), "public.w");
    server.drop().await;
}

fn id(kind: ObjectKind, name: &str) -> ObjectId {
    ObjectId::new(kind, name)
}

#[tokio::test]
async fn sequences_enum_types_and_schemas_on_postgres() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(posts).await;
    server
        .there_and_back(|s| {
            s.create_sequence("plain", |_| {});
            s.create_sequence("down", |q| {
                q.increment(-2).maximum(100).cache(5).cycle().of_type("integer");
            });
            s.create_sequence("owned", |q| {
                q.start(1000).owned_by("posts", "id");
            });
            s.create_enum("mood", &["happy", "it's"]);
            s.create_schema("audit");
            s.create_extension("citext");
        })
        .await;
    server.again(id(ObjectKind::Sequence, "down")).await;
    server.again(id(ObjectKind::Sequence, "owned")).await;
    server.again(id(ObjectKind::Enum, "mood")).await;
    server.again(id(ObjectKind::Extension, "citext")).await;
    server.again(id(ObjectKind::Namespace, "audit")).await;
    server
        .apply(|s| {
            s.add_enum_value("mood", "sad").before("it's");
            s.add_enum_value("mood", "angry").after("happy");
            s.add_enum_value("mood", "last");
            s.rename_enum_value("mood", "last", "gone");
            s.rename_sequence("plain", "Odd name");
            s.create_extension_if_not_exists("citext");
        })
        .await;
    let Object::Enum(mood) = server.again(id(ObjectKind::Enum, "mood")).await else { panic!() };
    assert_eq!(mood.values, ["happy", "angry", "sad", "it's", "gone"]);
    server.drop().await;
}

#[tokio::test]
async fn routines_and_triggers_on_postgres() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(posts).await;
    server
        .there_and_back(|s| {
            let sql = "CREATE FUNCTION twice(n integer, t text) RETURNS integer LANGUAGE sql AS $$ SELECT n * 2; $$;";
            s.create_function("twice", "integer, text", sql);
            let sql = "CREATE PROCEDURE clear() LANGUAGE sql AS 'DELETE FROM posts'";
            s.create_procedure("clear", "", sql);
            let sql = "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$";
            s.create_function("stamp", "", sql);
            let sql = "CREATE TRIGGER stamped BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION stamp()";
            s.create_trigger("stamped", "posts", sql);
        })
        .await;
    let arguments = |text: &str| Some(text.to_owned());
    server
        .again(ObjectId { arguments: arguments("integer, text"), ..id(ObjectKind::Function, "twice") })
        .await;
    server.again(ObjectId { arguments: arguments(""), ..id(ObjectKind::Procedure, "clear") }).await;
    server.again(ObjectId { table: Some("posts".into()), ..id(ObjectKind::Trigger, "stamped") }).await;
    server.drop().await;
}

#[tokio::test]
async fn an_enum_type_needs_nothing_where_columns_hold_the_values() {
    let Some(mut server) = Server::new(MARIADB).await else { return };
    let sent = server
        .apply(|s| {
            s.create_enum("mood", &["happy", "sad"]);
            s.rename_enum("mood", "state");
            s.drop_enum("state");
        })
        .await;
    assert!(sent.is_empty(), "{sent:?}");
    server.drop().await;
}
