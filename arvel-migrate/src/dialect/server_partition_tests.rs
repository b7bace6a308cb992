//! Partitions on a real PostgreSQL: what is dropped or detached comes back from what was seen, under the name by which
//! it was asked for.

use super::server_tests::{POSTGRES, Server};
use crate::{dsl::Schema, schema::Wanted, undo};

impl Server {
    /// Applies a body whose way back is what is there, and goes it: everything is as before.
    async fn and_back(&mut self, body: fn(&mut Schema)) {
        let operations = Schema::record(body).operations;
        let needs = undo::needs(&operations);
        let (all, seen) = (self.inspect().await, self.named(&needs).await);
        let way = undo::resolve(&*self.dialect, &operations, seen.clone()).unwrap();
        let way = undo::read(&undo::write(&way).unwrap()).unwrap();
        self.send(&operations).await;
        assert_ne!(self.named(&needs).await, seen);
        self.send(&way).await;
        assert_eq!(self.inspect().await, all);
        assert_eq!(self.named(&needs).await, seen);
    }

    async fn named(&mut self, wanted: &Wanted) -> crate::schema::DatabaseSchema {
        self.dialect.inspect(&mut *self.connection, Some(wanted)).await.unwrap()
    }

    async fn send_body(&mut self, body: fn(&mut Schema)) {
        let recorded = Schema::record(body);
        assert_eq!(recorded.errors, []);
        self.send(&recorded.operations).await;
    }
}

fn visits(s: &mut Schema) {
    s.create("visits", |t| {
        t.big_integer("id");
        t.date("day");
        t.string("city").comment("where");
        t.primary(["id", "day"]);
        t.index("city");
        t.partition_by_range("day")
            .partition("visits_2026", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
            .partition("visits_2027", "FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')");
    });
}

#[tokio::test]
async fn a_partition_comes_back_however_it_went() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(visits).await;
    server.and_back(|s| s.drop_partition("visits", "visits_2027")).await;
    server.and_back(|s| s.drop("visits_2027")).await;
    server
        .and_back(|s| {
            s.table("visits", |t| {
                t.detach_partition("visits_2027");
            });
        })
        .await;
    server
        .and_back(|s| {
            s.table("visits", |t| {
                t.detach_partition("visits_2027");
                t.string("remark").nullable();
                t.comment("no longer all");
            });
            s.drop("visits_2027");
        })
        .await;
    server.and_back(|s| s.drop("visits")).await;
    // Of a table that has a trigger each partition has one too, which is not its own.
    server.run("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'").await;
    server.run("CREATE TRIGGER g AFTER INSERT ON visits FOR EACH ROW EXECUTE FUNCTION f()").await;
    server
        .and_back(|s| {
            s.table("visits", |t| {
                t.detach_partition("visits_2027");
            });
            s.drop("visits_2027");
        })
        .await;
    server.and_back(|s| s.drop("visits")).await;
    server.drop().await;
}

#[tokio::test]
async fn partitions_stand_in_the_schema_of_their_table_unless_they_say_another() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE SCHEMA audit").await;
    server.run("CREATE SCHEMA old").await;
    server
        .send_body(|s| {
            s.create("audit.visits", |t| {
                t.integer("Odd, key");
                t.string("city");
                t.partition_by_list("Odd, key")
                    .partition("one", "FOR VALUES IN (1)")
                    .partition("old.none", "FOR VALUES IN (NULL)");
            });
            s.create_partition("audit.visits", "two", "FOR VALUES IN (2) PARTITION BY HASH (lower(city))");
            s.create_partition("audit.two", "Odd name", "FOR VALUES WITH (MODULUS 1, REMAINDER 0)");
        })
        .await;
    let seen = server.named(&Wanted::table("audit.visits".into())).await;
    let table = &seen.tables[&"audit.visits".into()];
    let partitions: Vec<String> =
        table.partitions.iter().map(|(name, bounds)| format!("{name} {bounds}")).collect();
    assert_eq!(
        partitions,
        [
            "audit.one FOR VALUES IN (1)",
            "audit.two FOR VALUES IN (2) PARTITION BY HASH (lower((city)::text))",
            "old.none FOR VALUES IN (NULL)"
        ]
    );
    server.and_back(|s| s.drop_partition("audit.two", "Odd name")).await;
    server.and_back(|s| s.drop_partition("audit.visits", "old.none")).await;
    server.send_body(|s| s.drop_partition("audit.two", "Odd name")).await;
    server.and_back(|s| s.drop("audit.visits")).await;
    server
        .and_back(|s| {
            s.table("audit.visits", |t| {
                t.detach_partition("two");
            });
        })
        .await;
    server.drop().await;
}

#[tokio::test]
async fn a_detachment_that_was_cut_off_is_brought_to_its_end() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(visits).await;
    // What is left when the connection goes between the two transactions of the statement.
    server
        .run("UPDATE pg_inherits SET inhdetachpending = true WHERE inhrelid = 'visits_2027'::regclass")
        .await;
    let partitions = server.table("visits").await.partitions;
    assert!(partitions[1].1.ends_with("TO ('2028-01-01') DETACH PENDING"), "{partitions:?}");
    let body: fn(&mut Schema) = |s| {
        s.table("visits", |t| {
            t.detach_partition("visits_2027").online();
        });
    };
    let operation = Schema::record(body).operations.remove(0);
    let statements = server.compile(&operation).await;
    let sql: Vec<&str> = statements.iter().map(|statement| statement.sql.as_str()).collect();
    assert_eq!(sql, ["ALTER TABLE \"visits\" DETACH PARTITION \"visits_2027\" FINALIZE"]);
    server.send(&[operation]).await;
    let all = server.inspect().await;
    assert_eq!(all.tables.keys().map(ToString::to_string).collect::<Vec<_>>(), ["visits", "visits_2027"]);
    server.drop().await;
}

#[tokio::test]
async fn what_is_no_partition_of_the_table_is_not_dropped_as_one() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(visits).await;
    server.run("CREATE TABLE people (id integer)").await;
    server.run("CREATE TABLE other (id integer) PARTITION BY LIST (id)").await;
    let error = server.refusal(|s| s.drop_partition("visits", "people")).await;
    assert_eq!(
        error.to_string(),
        "`drop partition people of visits`: table `visits` has no partition `people`"
    );
    let error = server.refusal(|s| s.drop_partition("other", "visits_2027")).await;
    assert_eq!(
        error.to_string(),
        "`drop partition visits_2027 of other`: table `other` has no partition `visits_2027`"
    );
    let error = server
        .refusal(|s| {
            s.table("other", |t| {
                t.detach_partition("visits_2027");
            });
        })
        .await;
    assert_eq!(
        error.to_string(),
        "`alter table other: detach partition visits_2027`: table `other` has no partition `visits_2027`"
    );
    server.drop().await;
}

#[tokio::test]
async fn keys_that_other_tables_have_to_partitions_are_no_keys_that_were_asked_for() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(visits).await;
    server
        .apply(|s| {
            s.create("photos", |t| {
                t.id();
                t.big_integer("visit");
                t.date("day");
                t.foreign(["visit", "day"]).references(["id", "day"]).on("visits");
            });
        })
        .await;
    assert_eq!(server.table("photos").await.foreign_keys.len(), 1);
    server.drop().await;
}

#[tokio::test]
async fn what_stands_below_a_partition_comes_back_with_it() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'").await;
    server
        .apply(|s| {
            s.create("logs", |t| {
                t.date("day");
                t.string("kind");
                t.partition_by_range("day")
                    .partition("logs_2026", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
            });
        })
        .await;
    server
        .send_body(|s| {
            s.create_partition(
                "logs",
                "logs_2027",
                "FOR VALUES FROM ('2027-01-01') TO ('2028-01-01') PARTITION BY LIST (kind)",
            );
            s.create_partition("logs_2027", "logs_2027_a", "FOR VALUES IN ('a') PARTITION BY HASH (day)");
            s.create_partition("logs_2027_a", "logs_2027_a_0", "FOR VALUES WITH (MODULUS 1, REMAINDER 0)");
            for (name, table) in [("all_of_them", "logs"), ("one", "logs_2026"), ("low", "logs_2027_a_0")] {
                let sql = format!(
                    "CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION noted()"
                );
                s.create_trigger(name, table, &sql);
            }
        })
        .await;
    let everything = "SELECT string_agg(what, E'\\n' ORDER BY what) AS n FROM (\
                      SELECT inhrelid::regclass || ' of ' || inhparent::regclass AS what FROM pg_inherits \
                      JOIN pg_class c ON c.oid = inhrelid WHERE c.relkind IN ('r', 'p') UNION ALL \
                      SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal) t";
    let before = server.connection.query(everything).await.unwrap().remove(0).text("n").unwrap().to_owned();
    assert_eq!(before.lines().count(), 11, "{before}");
    let drops: [fn(&mut Schema); 5] = [
        |s| s.drop("logs"),
        |s| s.drop_partition("logs", "logs_2027"),
        |s| s.drop("logs_2027"),
        |s| s.drop_partition("logs", "logs_2026"),
        |s| s.drop("logs_2027_a_0"),
    ];
    for drop in drops {
        server.and_back(drop).await;
        let after =
            server.connection.query(everything).await.unwrap().remove(0).text("n").unwrap().to_owned();
        assert_eq!(after, before);
    }
    server.drop().await;
}
