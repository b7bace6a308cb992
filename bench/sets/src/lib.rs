//! The migrations that every tool applies, and the few lines that all measured programs share.
//!
//! One text serves PostgreSQL, MariaDB and SQLite, so that a difference between tools is never a difference of DDL.
//! Set n is a prefix of every larger set.

use std::time::{Duration, Instant};

/// The sizes that are compiled in.
pub const SIZES: [usize; 3] = [100, 1000, 10_000];

/// The file stem of migration `i`, from 1.
pub fn stem(i: usize) -> String {
    format!("2026_01_01_{i:06}_{}", slug(i))
}

/// The stem without its stamp.
pub fn slug(i: usize) -> String {
    format!("create_t{i:05}_table")
}

/// The statements of migration `i`: a table of six columns; every tenth also an index and a row.
pub fn statements(i: usize) -> Vec<String> {
    let table = format!("t{i:05}");
    let mut all = vec![format!(
        "CREATE TABLE {table} (\n    id bigint NOT NULL PRIMARY KEY,\n    name varchar(120) NOT NULL,\n    \
         email varchar(190) NOT NULL,\n    age integer,\n    score numeric(10, 2) DEFAULT 0 NOT NULL,\n    \
         created_at timestamp NULL\n)"
    )];
    if i % 10 == 0 {
        all.push(format!("CREATE INDEX {table}_name ON {table} (name)"));
        all.push(format!("INSERT INTO {table} (id, name, email) VALUES (1, 'first', 'first@example.com')"));
    }
    all
}

/// The text of migration `i`, as a file holds it.
pub fn text(i: usize) -> String {
    statements(i).iter().map(|statement| format!("{statement};\n")).collect()
}

/// What a measured program is asked to do: `<verb> <url> <n> <repetitions>`.
pub struct Call {
    /// `connect`, `apply`, `noop` or `stamp`.
    pub verb: String,
    /// The database.
    pub url: String,
    /// How many migrations.
    pub n: usize,
    /// How often, in one process.
    pub repetitions: usize,
}

impl Call {
    /// From the command line of the program.
    ///
    /// # Panics
    /// When the runner called it wrongly.
    pub fn read() -> Self {
        let mut args = std::env::args().skip(1);
        let mut next = || args.next().expect("usage: <verb> <url> <n> <repetitions>");
        Self {
            verb: next(),
            url: next(),
            n: next().parse().expect("a number of migrations"),
            repetitions: next().parse().expect("a number of repetitions"),
        }
    }

    /// The path of a `sqlite://` URL.
    pub fn file(&self) -> Option<&str> {
        self.url.strip_prefix("sqlite://")
    }
}

/// Prints one figure in milliseconds for the runner.
pub fn say(name: &str, time: Duration) {
    println!("{name} {:.4}", time.as_secs_f64() * 1000.0);
}

/// Times a closure and prints it.
pub fn timed<T>(name: &str, f: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let value = f();
    say(name, started.elapsed());
    value
}

/// Prints the processor time of this process so far, from the scheduler's own counters (Linux).
pub fn say_cpu() {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return };
    let nanos: u64 = tasks
        .flatten()
        .filter_map(|task| std::fs::read_to_string(task.path().join("schedstat")).ok())
        .filter_map(|text| text.split_whitespace().next()?.parse::<u64>().ok())
        .sum();
    say("cpu", Duration::from_nanos(nanos));
}
