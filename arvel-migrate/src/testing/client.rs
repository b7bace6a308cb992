//! The databases' own command line clients, as tests run scripts with them.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use super::TestDatabase;

impl TestDatabase {
    /// The vendor's client on this database, to read a script from its standard input and to stop at the first error;
    /// `None` when it is not installed and not required: `ARVEL_TEST_REQUIRE=clients`, or `all`.
    #[must_use]
    pub fn client(&self) -> Option<Command> {
        let mut probe = self.command();
        let name = probe.get_program().to_string_lossy().into_owned();
        let started = probe.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        let list = std::env::var("ARVEL_TEST_REQUIRE").unwrap_or_default();
        let required = list.split(',').any(|one| matches!(one.trim(), "clients" | "all"));
        if started.is_ok() || required {
            return Some(self.command());
        }
        let thread = std::thread::current();
        let test = thread.name().unwrap_or("a test");
        let _ = writeln!(std::io::stderr(), "skipped: {test} with `{name}`, which is not installed");
        None
    }

    fn command(&self) -> Command {
        let url = self.url();
        if let Some(file) = url.file() {
            let mut shell = Command::new("sqlite3");
            shell.args(["-batch", "-bail"]).arg(file);
            return shell;
        }
        if url.scheme().starts_with("postgres") {
            let mut psql = Command::new("psql");
            psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", &url.expose()]);
            return psql;
        }
        let mut mariadb = Command::new("mariadb");
        mariadb.args(["--batch", "--comments", "--default-character-set=utf8mb4", "--protocol=tcp"]);
        let (host, port) = url.host().rsplit_once(':').unwrap_or((url.host(), "3306"));
        mariadb.args(["--host", host, "--port", port]);
        if let Some(user) = url.user() {
            mariadb.args(["--user", user]);
        }
        if let Some(password) = url.password() {
            mariadb.env("MYSQL_PWD", password);
        }
        mariadb.arg(url.database());
        mariadb
    }
}

/// Runs a script with a client; else with what it complained of.
///
/// # Errors
/// What the client wrote to its standard error.
pub fn run_script(mut client: Command, script: &str) -> Result<(), String> {
    let told = |error: std::io::Error| error.to_string();
    let client = client.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = client.spawn().map_err(told)?;
    if let Some(mut stdin) = child.stdin.take() {
        // A client that stops early reads no more; its complaint says why.
        let _ = stdin.write_all(script.as_bytes());
    }
    let output = child.wait_with_output().map_err(told)?;
    match output.status.success() {
        true => Ok(()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
