//! The folders as scripts: what the database's own client makes of one is what the run itself leaves, the rows of the
//! history too.

use arvel_migrate::{
    DowngradeRequest, Error, Migrator, RollbackRequest, ScriptRequest, ScriptVerb, UpgradeRequest,
    dialect::driver_for,
    graph::Target,
    migration::{Catalog, Migration},
    testing::{Engine, TestDatabase, run_script},
};

use crate::{case::Case, cases, difference::difference, live, spelling::Spelling};

/// What a script does not say: it has no connection to ask.
const REFUSED: [&str; 2] = ["script.code", "script.unforeseen"];

/// Every so many of the folders; `ARVEL_TEST_SCRIPTS=all` takes all of them.
const EVERY: usize = 3;

/// The same on PostgreSQL, where a database of its own takes a second to come and go.
const EVERY_ON_POSTGRES: usize = 15;

/// One database changed by the run, the other one by scripts.
struct Pair {
    online: TestDatabase,
    scripted: TestDatabase,
    set: Vec<Migration>,
    spelling: Spelling,
    name: &'static str,
}

async fn pair(engine: Engine, name: &'static str) -> Option<Pair> {
    let online = TestDatabase::create(engine).await.expect("a database for the test")?;
    let scripted = TestDatabase::create(engine).await.expect("another one")?;
    scripted.client()?;
    let driver = driver_for(online.url().scheme()).expect("a driver");
    let (connection, dialect) = driver.connect(online.url(), false).await.expect("a connection");
    let display_name = dialect.capability().display_name;
    connection.close().await.expect("it closes");
    if !live::runs_everywhere(display_name, name) {
        return None;
    }
    let case = Case::find(name);
    let set = case.before.iter().chain([&case.migration]).cloned().collect();
    Some(Pair { online, scripted, set, spelling: Spelling::of(display_name), name })
}

fn target(revision: &str) -> Target {
    Target::parse(revision).expect("a revision")
}

impl Pair {
    fn migrator(&self, of: &TestDatabase) -> Migrator {
        of.migrator(Catalog::new(self.set.clone()).expect("no revision twice")).expect("a sound set")
    }

    /// Does the same on both; the error of the script, or of both.
    async fn both(&self, request: &ScriptRequest) -> Result<(), String> {
        let online = self.migrator(&self.online);
        let script = self.migrator(&self.scripted).script(request);
        let script = match script {
            Ok(script) => script,
            Err(error) if REFUSED.contains(&error.code()) => return Err(error.code().to_owned()),
            Err(error) => {
                let same = self.run(&online, request).await.expect_err("the run is refused too");
                assert_eq!(
                    (same.code(), same.to_string()),
                    (error.code(), error.to_string()),
                    "{}",
                    self.name
                );
                return Err(error.code().to_owned());
            }
        };
        match self.run(&online, request).await {
            Ok(()) => {}
            // Said by rows that only a run can see.
            Err(error) => panic!("{}: the run failed: {error}\n{}", self.name, script.text),
        }
        let client = self.scripted.client().expect("it was there before");
        run_script(client, &script.text)
            .unwrap_or_else(|error| panic!("{}: {error}\n{}", self.name, script.text));
        self.same(&script.text).await;
        // The guard at its top.
        let client = self.scripted.client().expect("it was there before");
        let again = run_script(client, &script.text);
        let told = again.expect_err("a script runs once");
        assert!(told.contains("the history is not where this script begins"), "{}: {told}", self.name);
        self.same(&script.text).await;
        Ok(())
    }

    async fn run(&self, migrator: &Migrator, request: &ScriptRequest) -> Result<(), Error> {
        match &request.verb {
            ScriptVerb::Upgrade(upgrade) => migrator.migrate(upgrade).await.map(drop),
            ScriptVerb::Downgrade(_) => migrator.rollback(&RollbackRequest::Steps(1)).await.map(drop),
            ScriptVerb::Stamp(stamp) => migrator.stamp(stamp).await.map(drop),
            ScriptVerb::Install => migrator.install().await.map(drop),
        }
    }

    /// Both databases and both histories are the same, and the start of a program sees that nothing is to do.
    async fn same(&self, script: &str) {
        let (online, scripted) =
            (self.online.schema().await.expect("it reads"), self.scripted.schema().await.expect("it reads"));
        let differences = difference(&online, &scripted);
        assert!(differences.is_empty(), "{}:\n{}\n{script}", self.name, differences.join("\n"));
        let (online, scripted) = (self.history(&self.online).await, self.history(&self.scripted).await);
        assert_eq!(scripted, online, "{}\n{script}", self.name);
        let start = |of| self.migrator(of);
        let (one, other) =
            (start(&self.online).start_state().await, start(&self.scripted).start_state().await);
        assert_eq!(one.expect("it starts"), other.expect("it starts"), "{}: the digest", self.name);
    }

    async fn history(&self, of: &TestDatabase) -> Vec<String> {
        let status = self.migrator(of).status().await.expect("it reads");
        let rows = status.comparison.states().iter().filter_map(|state| state.row.clone());
        let line = |row: arvel_migrate::history::HistoryRow| {
            // A script has the words of the author, and a run those of the server.
            let plain = |undo: String| undo.replace("\\n", "\n").replace("\\\"", "\"");
            // PostgreSQL's words of a routine always replace, which the written ones need not say.
            let written = |undo: String| {
                let text = self.spelling.written(&plain(undo));
                ["FUNCTION", "PROCEDURE"].iter().fold(text, |text, kind| {
                    text.replace(&format!("CREATE OR REPLACE {kind}"), &format!("CREATE {kind}"))
                })
            };
            let undo = row.undo.map(written);
            format!(
                "{} {} {:?} {} {:?} {:?} {} {} {undo:?}",
                row.revision,
                row.seq,
                row.batch,
                row.line,
                row.origin,
                row.checksum,
                row.stamped,
                row.tool_version
            )
        };
        let mut lines: Vec<String> = rows.map(line).collect();
        lines.push(format!("{:?} {}", status.environment, status.initialized));
        lines
    }
}

/// Forward, from nothing and from what is there before, and back.
async fn case(engine: Engine, name: &'static str) -> Result<(), String> {
    let Some(pair) = pair(engine, name).await else { return Ok(()) };
    let request =
        |from: Option<&str>, verb| ScriptRequest { from: from.map(target), verb, server_version: None };
    let up = |to: &str| {
        ScriptVerb::Upgrade(UpgradeRequest { target: Some(target(to)), ..UpgradeRequest::default() })
    };
    let revisions: Vec<String> = pair.set.iter().map(|migration| migration.revision.to_string()).collect();
    let mut from = None;
    for revision in &revisions {
        pair.both(&request(from, up(revision))).await?;
        from = Some(revision.as_str());
    }
    let stays = revisions.len().checked_sub(2).map_or("base", |at| revisions[at].as_str());
    let down = ScriptVerb::Downgrade(DowngradeRequest { target: target(stays) });
    pair.both(&request(from, down)).await?;
    pair.online.drop_now().await.expect("it goes");
    pair.scripted.drop_now().await.expect("it goes");
    Ok(())
}

async fn all(engine: Engine) {
    let every = if std::env::var_os("ARVEL_TEST_SCRIPTS").is_some() {
        1
    } else if engine == Engine::POSTGRES {
        EVERY_ON_POSTGRES
    } else {
        EVERY
    };
    let (mut ran, mut refused) = (0, Vec::new());
    for name in cases::NAMES.iter().step_by(every) {
        match Box::pin(case(engine, name)).await {
            Ok(()) => ran += 1,
            Err(code) => refused.push(format!("{name}: {code}")),
        }
    }
    assert!(ran > refused.len(), "{ran} ran, {} were refused:\n{}", refused.len(), refused.join("\n"));
    let by_script = refused.iter().filter(|line| line.contains("script."));
    println!("{ran} ran; refused: {:?}", by_script.collect::<Vec<_>>());
}

#[tokio::test]
async fn sqlite_scripts_leave_what_the_run_leaves() {
    all(Engine::SQLITE).await;
}

#[tokio::test]
async fn postgres_scripts_leave_what_the_run_leaves() {
    all(Engine::POSTGRES).await;
}

/// The script of a replaced function dropped it on its way back, which is refused where something calls it.
#[tokio::test]
async fn a_function_that_was_replaced_is_replaced_back_on_postgres() {
    assert_eq!(case(Engine::POSTGRES, "function_replaced").await, Ok(()));
}

#[tokio::test]
async fn mysql_scripts_leave_what_the_run_leaves() {
    all(Engine::MYSQL).await;
}
