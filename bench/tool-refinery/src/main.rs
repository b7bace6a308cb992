//! refinery, with its migrations made at run time from embedded texts, as `embed_migrations!` does.

use std::time::Instant;

use bench_sets::{Call, say, say_cpu};
use refinery::{Migration, Runner, Target};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::read();
    let texts: Vec<(String, String)> =
        (1..=call.n).map(|i| (format!("V{i}__{}", bench_sets::slug(i)), bench_sets::text(i))).collect();
    for _ in 0..call.repetitions.max(1) {
        let started = Instant::now();
        let migrations: Vec<Migration> = match call.verb.as_str() {
            "connect" => Vec::new(),
            _ => texts.iter().map(|(name, sql)| Migration::unapplied(name, sql).expect("a name")).collect(),
        };
        let mut runner = Runner::new(&migrations);
        if call.verb == "stamp" {
            runner = runner.set_target(Target::Fake);
        }
        if call.verb == "noop" {
            say("prepare", started.elapsed());
        }
        let started = if call.verb == "noop" { Instant::now() } else { started };
        let connect_only = call.verb == "connect";
        match call.url.split(':').next() {
            Some("postgres") => {
                let (mut client, connection) =
                    tokio_postgres::connect(&call.url, tokio_postgres::NoTls).await.expect("connected");
                let driver = tokio::spawn(connection);
                if !connect_only {
                    runner.run_async(&mut client).await.expect("migrated");
                }
                drop(client);
                driver.await.expect("no panic").expect("closed");
            }
            Some("mysql") => {
                let options = mysql::Opts::from_url(&call.url).expect("a URL");
                // Else it leaves TCP for the server's socket.
                let options = mysql::OptsBuilder::from_opts(options).prefer_socket(false);
                let mut client = mysql::Conn::new(options).expect("connected");
                if !connect_only {
                    runner.run(&mut client).expect("migrated");
                }
            }
            _ => {
                let file = call.file().expect("a file");
                let mut client = rusqlite::Connection::open(file).expect("opened");
                if call.verb == "stamp" {
                    client.execute_batch("PRAGMA synchronous = OFF").expect("switched");
                }
                if !connect_only {
                    runner.run(&mut client).expect("migrated");
                }
            }
        }
        say(if call.verb == "noop" { "noop" } else { "run" }, started.elapsed());
    }
    say_cpu();
}
