//! The three databases: where they are, fresh databases on them, and the plain script that is the floor.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use bench_sets::{slug, statements};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Postgres,
    MariaDb,
    Sqlite,
}

pub const ENGINES: [Engine; 3] = [Engine::Postgres, Engine::MariaDb, Engine::Sqlite];

/// A server of a URL `scheme://user@host:port`.
pub struct Server {
    pub scheme: &'static str,
    pub user: String,
    pub host: String,
    pub port: String,
}

impl Server {
    pub fn postgres() -> Self {
        Self::read("BENCH_POSTGRES", "postgres", "postgres@127.0.0.1:5432")
    }

    pub fn mariadb() -> Self {
        Self::read("BENCH_MARIADB", "mysql", "root@127.0.0.1:3306")
    }

    fn read(variable: &str, scheme: &'static str, default: &str) -> Self {
        let text = env::var(variable).unwrap_or_else(|_| default.to_owned());
        let (user, rest) = text.split_once('@').expect("user@host:port");
        let (host, port) = rest.split_once(':').expect("user@host:port");
        Self { scheme, user: user.to_owned(), host: host.to_owned(), port: port.to_owned() }
    }

    pub fn url(&self, port: &str, database: &str) -> String {
        let options = if self.scheme == "postgres" { "?sslmode=disable" } else { "" };
        format!("{}://{}@{}:{port}/{database}{options}", self.scheme, self.user, self.host)
    }
}

/// A database of one sample.
pub struct Database {
    pub engine: Engine,
    pub name: String,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Where SQLite files and scripts lie: on a disk, not in memory, or durability costs nothing.
pub fn folder() -> PathBuf {
    let folder = env::var_os("BENCH_FOLDER")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/data"), PathBuf::from);
    fs::create_dir_all(&folder).expect("a folder for the files");
    folder
}

impl Engine {
    pub fn title(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::MariaDb => "MariaDB",
            Self::Sqlite => "SQLite file",
        }
    }

    /// An empty database.
    pub fn database(self) -> Database {
        let name = format!("arvel_bench_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        match self {
            // A checkpoint that falls due belongs to whatever came before.
            Self::Postgres => {
                self.ask(&format!("CREATE DATABASE {name}"));
                self.ask("CHECKPOINT");
            }
            Self::MariaDb => drop(self.ask(&format!("CREATE DATABASE {name}"))),
            Self::Sqlite => {}
        }
        Database { engine: self, name }
    }

    /// Asks the server a question and answers with its text.
    pub fn ask(self, sql: &str) -> String {
        let mut command = self.client(match self {
            Self::Postgres => "postgres",
            _ => "",
        });
        match self {
            Self::Postgres => command.args(["-At", "-c", sql]),
            Self::MariaDb => command.args(["-N", "-e", sql]),
            Self::Sqlite => command.arg(sql),
        };
        let output = command.output().expect("the client runs");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The vendor's command line client on a database.
    fn client(self, database: &str) -> Command {
        match self {
            Self::Postgres => {
                let server = Server::postgres();
                let mut command = Command::new("psql");
                command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", &server.url(&server.port, database)]);
                command
            }
            Self::MariaDb => {
                let server = Server::mariadb();
                let mut command = Command::new("mariadb");
                command.args(["--no-defaults", "-h", &server.host, "-P", &server.port, "-u", &server.user]);
                command.args((!database.is_empty()).then_some(database));
                command
            }
            Self::Sqlite => {
                let mut command = Command::new("sqlite3");
                command.args(["-bail", if database.is_empty() { ":memory:" } else { database }]);
                command
            }
        }
    }
}

impl Database {
    pub fn url(&self) -> String {
        match self.engine {
            Engine::Postgres => {
                let server = Server::postgres();
                server.url(&server.port, &self.name)
            }
            Engine::MariaDb => {
                let server = Server::mariadb();
                server.url(&server.port, &self.name)
            }
            Engine::Sqlite => format!("sqlite://{}", self.file().display()),
        }
    }

    /// The URL through a proxy.
    pub fn url_through(&self, port: u16) -> String {
        match self.engine {
            Engine::MariaDb => Server::mariadb().url(&port.to_string(), &self.name),
            _ => Server::postgres().url(&port.to_string(), &self.name),
        }
    }

    fn file(&self) -> PathBuf {
        folder().join(format!("{}.db", self.name))
    }

    /// The client that is fed a script.
    pub fn script(&self, script: &Path) -> Command {
        let mut command = match self.engine {
            Engine::Sqlite => self.engine.client(&self.file().to_string_lossy()),
            engine => engine.client(&self.name),
        };
        command.stdin(fs::File::open(script).expect("the script")).stdout(Stdio::null());
        command
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        match self.engine {
            Engine::Postgres => drop(self.engine.ask(&format!("DROP DATABASE {} WITH (FORCE)", self.name))),
            Engine::MariaDb => drop(self.engine.ask(&format!("DROP DATABASE {}", self.name))),
            Engine::Sqlite => {
                for ending in ["", "-journal", "-wal", "-shm", ".arvel-lock"] {
                    let mut path = self.file().into_os_string();
                    path.push(ending);
                    let _ = fs::remove_file(path);
                }
            }
        }
    }
}

/// Writes the floor: the same statements, each migration one transaction with a history row.
pub fn write_script(n: usize) -> PathBuf {
    let mut text = "CREATE TABLE floor_history (version bigint NOT NULL PRIMARY KEY, description varchar(190) NOT NULL, \
                    checksum varchar(80) NOT NULL, applied_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL, \
                    duration_ms bigint NOT NULL);\n"
        .to_owned();
    for i in 1..=n {
        text.push_str("BEGIN;\n");
        for statement in statements(i) {
            text.push_str(&statement);
            text.push_str(";\n");
        }
        let checksum = format!("v1:{i:064x}");
        text.push_str(&format!(
            "INSERT INTO floor_history (version, description, checksum, duration_ms) VALUES ({i}, '{}', '{checksum}', \
             0);\nCOMMIT;\n",
            slug(i)
        ));
    }
    let path = folder().join(format!("floor-{n}.sql"));
    fs::write(&path, text).expect("the script is written");
    path
}
