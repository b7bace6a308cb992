//! A project in a folder of its own, the commands that are run in it, and what they showed.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use arvel_migrate::{
    Migrator,
    db::Db,
    migration::Catalog,
    testing::{Engine, TestDatabase, run_script},
};

/// A project on a database.
pub(crate) struct Project {
    home: tempfile::TempDir,
    program: &'static str,
    database: Option<TestDatabase>,
    runtime: tokio::runtime::Runtime,
    variables: Vec<(String, String)>,
    transcript: String,
}

/// What a command can change: the tables with their rows' number, the history, and the files.
#[derive(Debug, PartialEq)]
pub(crate) struct State {
    pub tables: Vec<String>,
    pub history: Vec<String>,
    pub files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Project {
    /// An empty project on SQLite.
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("arvel.toml"), "").unwrap();
        fs::create_dir_all(home.path().join("database/migrations")).unwrap();
        Self {
            home,
            program: env!("CARGO_BIN_EXE_bare-app"),
            database: None,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            variables: Vec::new(),
            transcript: String::new(),
        }
    }

    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        let project = Self::new();
        fs::remove_file(project.at("arvel.toml")).unwrap();
        fs::remove_dir_all(project.at("database")).unwrap();
        project
    }

    /// An empty project on an engine; `None` when it can not be reached.
    pub(crate) fn on(engine: Engine) -> Option<Self> {
        let mut project = Self::new();
        let database = project.runtime.block_on(TestDatabase::create(engine)).unwrap()?;
        project.variables.push(("DATABASE_URL".to_owned(), database.url_text()));
        project.database = Some(database);
        Some(project)
    }

    /// The same with the example application.
    pub(crate) fn of_the_example(mut self) -> Self {
        self.program = env!("CARGO_BIN_EXE_app-of-the-example");
        self
    }

    /// The same with the program of hooks.
    pub(crate) fn of_hooks(mut self) -> Self {
        self.program = env!("CARGO_BIN_EXE_hooked-app");
        self
    }

    /// The same with the program that is a package too.
    pub(crate) fn of_raised(mut self) -> Self {
        self.program = env!("CARGO_BIN_EXE_raised-app");
        self
    }

    /// The same with the program of mistakes.
    pub(crate) fn of_mistakes(mut self) -> Self {
        self.program = env!("CARGO_BIN_EXE_mistaken-app");
        self
    }

    /// A variable from now on.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self.transcript.push_str(&format!("# {name}: {value}\n"));
    }

    /// A file, from the root.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    /// A SQL migration.
    pub(crate) fn migration(self, stem: &str, text: &str) -> Self {
        self.file(&format!("database/migrations/{stem}.sql"), text)
    }

    /// SQL migrations of one table each, applied.
    pub(crate) fn applied(mut self, stems: &[&str]) -> Self {
        for stem in stems {
            self = self.migration(stem, &table(stem));
        }
        let output = self.output(&["db", "migrate"]);
        assert!(output.status.success(), "{output:?}");
        self
    }

    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(self.program);
        command
            .args(args)
            .current_dir(self.home.path())
            .env_clear()
            .env("NO_COLOR", "1")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// What a command says, for a test that looks at its parts.
    pub(crate) fn output(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What a command shows on a terminal where this is typed; `None` where nothing makes one.
    pub(crate) fn on_a_terminal(&self, args: &[&str], typed: &str) -> Option<String> {
        use std::io::Write as _;
        let mut command = Command::new("script");
        command
            .args(["-qec", &format!("{} {}", self.program, args.join(" ")), "/dev/null"])
            .current_dir(self.home.path())
            .env_clear()
            .env("NO_COLOR", "1")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = started.ok()?;
        child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        Some(String::from_utf8_lossy(&output.stdout).replace('\r', ""))
    }

    /// What a command says on stderr, with its results written to a file.
    pub(crate) fn output_to(&self, path: &str, args: &[&str]) -> Output {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        self.command(args).stdout(file).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap()
    }

    /// The rows of a query, each as its cells with ` | ` between.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        self.runtime.block_on(async {
            let mut db = self.connect().await.unwrap();
            let rows = db.fetch_all(sql, &[]).await.unwrap();
            let cells = |row: &arvel_migrate::dialect::Row| {
                (0..row.columns().len()).map(|at| row.at(at).unwrap_or("-").to_owned()).collect::<Vec<_>>()
            };
            rows.iter().map(|row| cells(row).join(" | ")).collect()
        })
    }

    /// Runs a statement of the test's own.
    pub(crate) fn execute(&self, sql: &str) {
        self.runtime.block_on(async { self.connect().await.unwrap().execute(sql, &[]).await.unwrap() });
    }

    /// Runs a statement of the test's own in a SQLite file.
    pub(crate) fn execute_in(&self, file: &Path, sql: &str) {
        let url = format!("sqlite://{}", file.display());
        let migrator = Migrator::builder(&url).unwrap().catalog(Catalog::default()).build().unwrap();
        self.runtime.block_on(async { migrator.connect().await.unwrap().execute(sql, &[]).await.unwrap() });
    }

    /// A session of the test's own; `None` where there is no database, which would be made.
    async fn connect(&self) -> Option<Db> {
        let file = self.at("database/app.db");
        let url = match &self.database {
            Some(database) => database.url_text(),
            None if !file.exists() => return None,
            None => format!("sqlite://{}", file.display()),
        };
        let migrator = Migrator::builder(&url).unwrap().catalog(Catalog::default()).build().unwrap();
        Some(migrator.connect().await.unwrap())
    }

    /// The database of a server.
    pub(crate) fn database(&self) -> &TestDatabase {
        self.database.as_ref().unwrap()
    }

    /// Starts a command whose output is read at its end.
    pub(crate) fn start(&self, args: &[&str]) -> Child {
        self.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Adds what a command showed.
    pub(crate) fn note(&mut self, args: &[&str], output: &Output) {
        let code = output.status.code().map_or("killed".to_owned(), |code| code.to_string());
        self.transcript.push_str(&format!("$ app {}\nexit {code}\n", args.join(" ")));
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            let text = String::from_utf8_lossy(bytes);
            for line in text.lines() {
                self.transcript.push_str(format!("{name}| {line}").trim_end());
                self.transcript.push('\n');
            }
        }
        self.transcript.push('\n');
    }

    /// Runs a command that must end with a code.
    pub(crate) fn run(&mut self, args: &[&str], code: i32) -> &mut Self {
        let output = self.output(args);
        self.note(args, &output);
        assert_eq!(output.status.code(), Some(code), "{}", self.transcript);
        self
    }

    /// The exit code of a command, and what it shows on stdout and stderr.
    pub(crate) fn shown(&mut self, args: &[&str]) -> (Option<i32>, String) {
        let output = self.output(args);
        let text = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&text).into_owned())
    }

    /// What a command that ends well writes to stdout.
    pub(crate) fn stdout(&self, args: &[&str]) -> String {
        let output = self.output(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs a command that must end with a code, and answers with the one document that it writes.
    pub(crate) fn document(&mut self, args: &[&str], code: i32) -> serde_json::Value {
        let output = self.output(args);
        self.note(args, &output);
        assert_eq!(output.status.code(), Some(code), "{}", self.transcript);
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.transcript))
    }

    /// Runs a command that must end with a code and change nothing at all.
    pub(crate) fn refused(&mut self, args: &[&str], code: i32) -> &mut Self {
        let before = self.state();
        self.run(args, code);
        assert_eq!(self.state(), before, "{}", self.transcript);
        self
    }

    /// Runs what a command writes to stdout with the database's own client; `None` when there is none.
    pub(crate) fn through_client(&self, args: &[&str]) -> Option<()> {
        let client = self.database.as_ref()?.client()?;
        let output = self.output(args);
        let script = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        run_script(client, &script).unwrap_or_else(|error| panic!("{error}\n{script}"));
        Some(())
    }

    /// What there is now. A database that can not be asked has nothing.
    pub(crate) fn state(&self) -> State {
        let mut files = BTreeMap::new();
        walk(self.home.path(), &mut files);
        let (tables, history) = self.runtime.block_on(self.read());
        State { tables, history, files }
    }

    async fn read(&self) -> (Vec<String>, Vec<String>) {
        let Some(mut db) = self.connect().await else { return (Vec::new(), Vec::new()) };
        let sql = match db.family() {
            "sqlite" => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            "postgres" => "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()",
            _ => "SELECT table_name FROM information_schema.tables WHERE table_schema = database()",
        };
        let mut tables: Vec<String> = Vec::new();
        for row in db.fetch_all(sql, &[]).await.unwrap() {
            let table = row.at(0).unwrap();
            let count = db.fetch_all(&format!("SELECT count(*) FROM {table}"), &[]).await.unwrap();
            tables.push(format!("{table} {}", count[0].at(0).unwrap()));
        }
        tables.sort();
        let sql = "SELECT revision, seq, batch, checksum FROM arvel_migrations ORDER BY seq";
        let rows = db.fetch_all(sql, &[]).await.unwrap_or_default();
        let history = rows
            .iter()
            .map(|row| (0..4).map(|at| row.at(at).unwrap_or("-").to_owned()).collect::<Vec<_>>().join(" "));
        (tables, history.collect())
    }

    /// Waits until a migrator is at work on a server: its lease says so.
    pub(crate) fn wait_for_a_migrator(&self) {
        let Some(database) = &self.database else { panic!("it is for servers") };
        let held = self.runtime.block_on(async {
            let mut db = database.connect().await.unwrap();
            for _ in 0..200 {
                let sql = "SELECT 1 FROM arvel_migration_lock WHERE owner IS NOT NULL";
                if !db.fetch_all(sql, &[]).await.unwrap().is_empty() {
                    return true;
                }
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            false
        });
        assert!(held, "nobody took the lease");
    }

    /// Compares everything that was shown with the snapshot.
    pub(crate) fn snapshot(&self, name: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let home = self.home.path().display().to_string();
        for (pattern, replacement) in [
            (home.replace('.', "\\.").as_str(), "[root]"),
            (r"(/\S*)?arvel_test_\d+_\d+_\d+(/test\.db)?", "[database]"),
            (r"\.{3,} +\d+(\.\d+)? m?s ", "... [time] "),
            (r" in \d+(\.\d+)? m?s\b", " in [time]"),
            (r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "[when]"),
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[when]"),
            (r"UTC, \d+(\.\d+)? m?s\b", "UTC, [time]"),
            (r"\d{4}_\d\d_\d\d_\d{6}_", "[stamp]_"),
            ("\"duration_ms\": \\d+", "\"duration_ms\": 0"),
            (r"process \d+ on \S+ since \S+", "process [id] on [host] since [when]"),
            (r"waited \d+ s", "waited [time]"),
            (r"\barvel \d+\.\d+\.\d+", "arvel [version]"),
            (r"'\d+\.\d+\.\d+'", "'[version]'"),
            (r"SQLite \d+\.\d+\.\d+", "SQLite [version]"),
        ] {
            settings.add_filter(pattern, replacement);
        }
        settings.bind(|| insta::assert_snapshot!(name, self.transcript));
    }

    /// Everything that was shown.
    pub(crate) fn transcript(&self) -> &str {
        &self.transcript
    }
}

/// The words of a command line; what stands in quotes is one word.
pub(crate) fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut open, mut fresh) = (None, true);
    for c in line.chars() {
        match (c, open) {
            (quote, Some(of)) if quote == of => open = None,
            ('\'' | '"', None) => {
                open = Some(c);
                if std::mem::take(&mut fresh) {
                    words.push(String::new());
                }
            }
            (' ', None) => fresh = true,
            _ => {
                if std::mem::take(&mut fresh) {
                    words.push(String::new());
                }
                words.last_mut().unwrap().push(c);
            }
        }
    }
    words
}

/// A migration of one table, named by the words behind the stamp.
pub(crate) fn table(stem: &str) -> String {
    let name = stem.split_once('_').map_or(stem, |(_, slug)| slug);
    format!("-- migrate:up\nCREATE TABLE {name} (id int);\n-- migrate:down\nDROP TABLE {name};\n")
}

fn walk(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // The database's own files are looked into, not at.
        if !name.starts_with("app.db") {
            files.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}
