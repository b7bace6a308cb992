//! sqlx's own migrator, with the migrations embedded as `sqlx::migrate!` embeds them.

use std::{borrow::Cow, time::Instant};

use bench_sets::{Call, say, say_cpu};
use sqlx::{
    Connection, MySqlConnection, PgConnection, SqlStr, SqliteConnection,
    migrate::{Migration, MigrationType, Migrator},
};

include!(concat!(env!("OUT_DIR"), "/all.rs"));

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::read();
    match call.url.split(':').next() {
        Some("postgres") => go::<PgConnection>(&call, async |_| {}).await,
        Some("mysql") => go::<MySqlConnection>(&call, async |_| {}).await,
        _ => {
            go::<SqliteConnection>(&call, async |connection| {
                // Ten thousand transactions that nobody measures.
                let quick = sqlx::raw_sql("PRAGMA synchronous = OFF").execute(connection).await;
                quick.expect("switched");
            })
            .await
        }
    }
    say_cpu();
}

async fn go<C>(call: &Call, hurry: impl AsyncFn(&mut C))
where
    C: Connection + sqlx::migrate::Migrate + 'static,
    for<'a> &'a mut C: sqlx::Acquire<'a>,
    for<'a> <&'a mut C as sqlx::Acquire<'a>>::Connection: std::ops::Deref<Target = C>,
    for<'a> <<&'a mut C as sqlx::Acquire<'a>>::Connection as std::ops::Deref>::Target: sqlx::migrate::Migrate,
{
    let migrator = Migrator { migrations: Cow::Borrowed(&ALL[..call.n]), ..Migrator::DEFAULT };
    let url = match call.file() {
        Some(_) => format!("{}?mode=rwc", call.url),
        None => call.url.clone(),
    };
    for _ in 0..call.repetitions.max(1) {
        let started = Instant::now();
        let mut connection = C::connect(&url).await.expect("connected");
        match call.verb.as_str() {
            "connect" => {}
            "stamp" => {
                hurry(&mut connection).await;
                migrator.skip(&mut connection, None).await.expect("stamped")
            }
            _ => migrator.run(&mut connection).await.expect("migrated"),
        }
        connection.close().await.expect("closed");
        say(if call.verb == "noop" { "noop" } else { "run" }, started.elapsed());
    }
}
