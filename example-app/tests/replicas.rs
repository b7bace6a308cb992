//! Twenty processes of the application start at once on an empty database: each migration runs once, and all are ready.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use arvel_migrate::testing::{Engine, TestDatabase};

const REPLICAS: usize = 20;

/// One process that is killed when the test ends, however it ends.
struct Replica {
    child: Child,
    address: String,
}

impl Drop for Replica {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(url: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_example-app"))
        .args(["serve", "--port", "0"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("ARVEL_DATABASES__DEFAULT__URL", url)
        .env("ARVEL_MIGRATIONS__ON_STARTUP", "apply")
        .env("ARVEL_ENV", "testing")
        .env_remove("DATABASE_URL")
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

/// Reads the log until it names the address; the rest is read away, so that the pipe never fills.
fn listening(mut child: Child) -> Replica {
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut seen = String::new();
    loop {
        let mut line = String::new();
        assert!(log.read_line(&mut line).unwrap() > 0, "the process ended: {seen}");
        seen.push_str(&line);
        if let Some((_, address)) = line.split_once("listening on http://") {
            let address = address.split_whitespace().next().unwrap().to_owned();
            std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
            return Replica { child, address };
        }
    }
}

fn status(address: &str, path: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(address) else { return String::new() };
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer.lines().next().unwrap_or_default().to_owned()
}

async fn twenty_at_once(engine: Engine) {
    let Some(database) = TestDatabase::create(engine).await.unwrap() else { return };
    let url = database.url_text();
    let children: Vec<Child> = (0..REPLICAS).map(|_| start(&url)).collect();
    let replicas: Vec<Replica> = children.into_iter().map(listening).collect();
    let patience = Instant::now() + Duration::from_secs(120);
    for replica in &replicas {
        while !status(&replica.address, "/health/ready").contains(" 200 ") {
            assert!(Instant::now() < patience, "{engine:?}: a replica is not ready");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(status(&replica.address, "/posts").contains(" 200 "), "{engine:?}");
    }
    let mut db = database.connect().await.unwrap();
    let rows =
        db.fetch_all("SELECT revision, seq, batch FROM arvel_migrations ORDER BY seq", &[]).await.unwrap();
    let known = example_app_migrations();
    let applied: Vec<String> = rows.iter().map(|row| row.text("revision").unwrap().to_owned()).collect();
    assert_eq!(applied, known, "{engine:?}");
    assert!(rows.iter().all(|row| row.integer("batch") == Some(1)), "one replica migrated: {rows:?}");
    let seqs: Vec<Option<i64>> = rows.iter().map(|row| row.integer("seq")).collect();
    assert_eq!(seqs, (1..=i64::try_from(known.len()).unwrap()).map(Some).collect::<Vec<_>>());
}

/// The file stems of the application's migrations, in order.
fn example_app_migrations() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("database/migrations");
    let mut stems: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|stem| stem != "mod")
        .collect();
    stems.sort();
    stems
}

#[tokio::test]
async fn twenty_at_once_on_sqlite() {
    twenty_at_once(Engine::SQLITE).await;
}

#[tokio::test]
async fn twenty_at_once_on_postgres() {
    twenty_at_once(Engine::POSTGRES).await;
}

#[tokio::test]
async fn twenty_at_once_on_mariadb() {
    twenty_at_once(Engine::MYSQL).await;
}
