//! A migrator in a process of its own, which can be killed: this test binary, started again.

use std::{process::Stdio, sync::Arc, time::Duration};

use arvel_core::Shutdown;
use arvel_migrate::{
    Migrator, UpgradeRequest,
    dsl::Schema,
    exec::{Event, Observer, RunOptions},
    migration::Migration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{ChildStdout, Command},
};

use super::{World, migration, set};

const URL: &str = "ARVEL_TEST_CHILD_URL";
const SET: &str = "ARVEL_TEST_CHILD_SET";

/// The sets that a child can be told to apply.
pub(crate) fn named(name: &str) -> Vec<Migration> {
    match name {
        "slow" => vec![
            migration("1_first", |schema| schema.create("first", with_id)),
            migration("2_slow", slow),
            migration("3_last", |schema| schema.create("last", with_id)),
        ],
        "altering" => vec![
            migration("1_create_posts", |schema| schema.create("posts", with_id)),
            migration("2_alter_posts", |schema| {
                schema.create("other", with_id);
                schema.table("posts", |table| {
                    table.string("slug").nullable();
                });
                schema.create("another", with_id);
            }),
        ],
        "online" => vec![migration("1_create_posts", posts), migration("2_online", online)],
        "online_index" => vec![
            migration("1_create_posts", posts),
            migration("2_online", online),
            migration("3_index", |schema| {
                schema.table("posts", |table| {
                    table.index("slug").online();
                });
            }),
        ],
        "detaching" => vec![
            migration("1_create_visits", |schema| {
                schema.create("visits", |table| {
                    table.big_integer("id").primary();
                    table.partition_by_range("id").partition("visits_1", "FOR VALUES FROM (0) TO (100)");
                });
            }),
            migration("2_detach", |schema| {
                schema.create("before", with_id);
                schema.table("visits", |table| {
                    table.detach_partition("visits_1").online();
                });
                schema.create("behind", with_id);
            }),
        ],
        "validating" => vec![
            migration("1_create_posts", posts),
            migration("2_validating", |schema| {
                schema.create("before", with_id);
                schema.table("posts", |table| {
                    table.check("posts_slug_check", "slug IS NOT NULL AND pg_sleep(0.2)::text = ''").online();
                });
                schema.create("behind", with_id);
            }),
        ],
        "rebuild" => vec![
            migration("1_create", |schema| {
                schema.create("parents", |table| {
                    table.id();
                    table.string("name").index();
                    table.foreign_id("boss_id").nullable().constrained("parents").cascade_on_delete();
                });
                schema.create("children", |table| {
                    table.id();
                    table.foreign_id("parent_id").constrained("parents").cascade_on_delete();
                });
            }),
            migration("2_change", |schema| {
                schema.table("parents", |table| {
                    table.text("name").nullable().change();
                });
            }),
        ],
        "many" => {
            let mut many = vec![migration("01_hits", |schema| {
                schema.create("hits", |table| {
                    table.integer("n");
                });
            })];
            many.extend([hit::<2>(), hit::<3>(), hit::<4>(), hit::<5>(), hit::<6>(), hit::<7>()]);
            many.extend([hit::<8>(), hit::<9>(), hit::<10>(), hit::<11>(), hit::<12>()]);
            many
        }
        other => panic!("no set is called {other}"),
    }
}

fn with_id(table: &mut arvel_migrate::dsl::Blueprint) {
    table.id();
}

fn posts(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("slug").nullable();
    });
}

/// Three transactions with two steps outside between them.
fn online(schema: &mut Schema) {
    schema.create("before", with_id);
    schema.table("posts", |table| {
        table.unique("slug").online();
        table.check("posts_slug_check", "slug <> ''").online();
    });
    schema.create("behind", with_id);
}

fn hit<const N: usize>() -> Migration {
    migration(&format!("{N:02}_hit"), |schema| {
        let name = format!("hit_{N}");
        schema.create(&name, with_id);
        schema.sql(&format!("INSERT INTO hits VALUES ({N})"));
        schema.table(&name, |table| {
            table.string("name").nullable().index();
        });
        schema.sql(&format!("INSERT INTO {name} (name) VALUES ('x')"));
    })
}

/// A step with a statement that takes a second or more in its middle.
fn slow(schema: &mut Schema) {
    schema.create("half", |table| {
        table.integer("n");
    });
    schema.sql_for(
        "sqlite",
        "INSERT INTO half WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 4000000) SELECT \
         count(*) FROM c",
    );
    schema.sql_for("postgres", "INSERT INTO half SELECT 0 FROM pg_sleep(2)");
    schema.sql_for("mysql", "INSERT INTO half SELECT SLEEP(2)");
    schema.create("rest", with_id);
}

/// The process.
pub(crate) struct Child {
    process: tokio::process::Child,
    lines: Lines<BufReader<ChildStdout>>,
}

/// How a child ended.
#[derive(Debug)]
pub(crate) struct End {
    /// Its exit code; `None` when it was killed.
    pub code: Option<i32>,
    /// How many steps it applied.
    pub applied: usize,
    /// What it told.
    pub lines: Vec<String>,
}

impl Child {
    /// Starts a migrator on the world's database.
    pub(crate) fn start(world: &World, set: &str) -> Self {
        let program = std::env::current_exe().expect("this program");
        let mut process = Command::new(program)
            .args(["support::child::acts_when_told", "--exact", "--nocapture"])
            .env(URL, world.database.url_text())
            .env(SET, set)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("it starts");
        let lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        Self { process, lines }
    }

    /// Waits until it tells a line that begins like this.
    pub(crate) async fn told(&mut self, beginning: &str) {
        let wait = async {
            while let Some(line) = self.lines.next_line().await.expect("text") {
                if line.contains(beginning) {
                    return;
                }
            }
            panic!("the child ended without telling `{beginning}`");
        };
        tokio::time::timeout(Duration::from_secs(60), wait).await.expect("in a minute");
    }

    /// The next line that it tells.
    pub(crate) async fn line(&mut self) -> Option<String> {
        self.lines.next_line().await.expect("text")
    }

    /// SIGKILL, and waits until it is gone.
    pub(crate) async fn kill(mut self) {
        self.process.kill().await.expect("it can be killed");
    }

    /// A signal by name.
    pub(crate) async fn signal(&self, name: &str) {
        let id = self.process.id().expect("it runs").to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &id]).status().await;
        assert!(sent.expect("kill is there").success());
    }

    /// Waits for its end.
    pub(crate) async fn end(mut self) -> End {
        let mut lines = Vec::new();
        while let Some(line) = self.lines.next_line().await.expect("text") {
            lines.push(line);
        }
        let output = self.process.wait_with_output().await.expect("it ends");
        lines.extend(String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned));
        let applied = lines.iter().find_map(|line| line.strip_prefix("applied ")?.parse().ok()).unwrap_or(0);
        End { code: output.status.code(), applied, lines }
    }
}

struct Tell;

impl Observer for Tell {
    fn event(&self, event: &Event<'_>) {
        match event {
            Event::Started { steps } => println!("\nstarted {steps}"),
            Event::StepStarted { revision, .. } => println!("step {revision}"),
            Event::StatementStarted { sql } => println!("statement {}", sql.replace('\n', " ")),
            Event::LockWaiting { .. } => println!("waiting"),
            _ => {}
        }
    }
}

/// What a started-again test binary does; nothing in an ordinary run.
#[test]
fn acts_when_told() {
    let (Ok(url), Ok(name)) = (std::env::var(URL), std::env::var(SET)) else { return };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let code = runtime.block_on(async {
        let shutdown = Shutdown::new();
        shutdown.listen_to_signals();
        let migrator = Migrator::builder(&url)
            .expect("a URL")
            .catalog(set(&named(&name)))
            .observer(Arc::new(Tell))
            .options(RunOptions { shutdown: Some(shutdown), ..RunOptions::default() })
            .build()
            .expect("a sound set");
        match migrator.migrate(&UpgradeRequest::default()).await {
            Ok(report) => {
                println!("\napplied {}", report.steps.len());
                0
            }
            Err(error) => {
                println!("\nerror {} {error}", error.code());
                i32::from(error.exit().0)
            }
        }
    });
    std::process::exit(code);
}
