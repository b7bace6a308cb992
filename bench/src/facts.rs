//! What a reader must know of the machine to read the figures.

use std::{fs, process::Command};

use crate::engine::Engine;

/// The load averages, as the system says them.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// Whether others kept more than half a core before anything was measured.
fn busy(begun: &str) -> bool {
    begun.split(' ').next().and_then(|load| load.parse::<f64>().ok()).is_some_and(|load| load > 0.5)
}

/// The paragraph above the tables.
pub fn text(begun: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .unwrap_or("")
        .trim_start_matches(['\t', ':', ' ']);
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc =
        rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    let postgres = Engine::Postgres.ask("SELECT current_setting('server_version') || ', fsync ' || current_setting('fsync') || ', synchronous_commit ' || current_setting('synchronous_commit')");
    let mariadb = Engine::MariaDb
        .ask("SELECT concat(version(), ', innodb_flush_log_at_trx_commit ', @@innodb_flush_log_at_trx_commit, ', log_bin ', @@log_bin)");
    let sqlite = Engine::Sqlite.ask("SELECT sqlite_version()");
    format!(
        "{cores} cores ({cpu}); {rustc}, release; PostgreSQL {postgres}; MariaDB {mariadb}; sqlite3 {sqlite} for the \
         script, the tools carry the SQLite of libsqlite3-sys 0.37. Load (1, 5, 15 minutes) at the beginning {begun}, at \
         the end {}.{}\n",
        load(),
        if busy(begun) { " Other programs were at work on the machine." } else { "" }
    )
}
