//! The measured programs. Each sample is a process of its own.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use crate::engine::Database;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    Script,
    Arvel,
    Sqlx,
    Refinery,
    SeaOrm,
}

pub const PROGRAMS: [Tool; 4] = [Tool::Arvel, Tool::Sqlx, Tool::Refinery, Tool::SeaOrm];

/// One run of a program.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// From the start of the process to its end, in milliseconds.
    pub wall: f64,
    /// What it printed: figures by name, in milliseconds.
    pub figures: BTreeMap<String, Vec<f64>>,
}

impl Sample {
    /// The median of a figure.
    pub fn figure(&self, name: &str) -> f64 {
        self.figures.get(name).map_or(f64::NAN, |values| crate::stats::median(values))
    }
}

impl Tool {
    pub fn title(self) -> &'static str {
        match self {
            Self::Script => "vendor's client, script",
            Self::Arvel => "Arvel",
            Self::Sqlx => "sqlx 0.9",
            Self::Refinery => "refinery 0.10",
            Self::SeaOrm => "SeaORM 2",
        }
    }

    fn program(self, n: usize) -> PathBuf {
        let name = match self {
            Self::Arvel => format!("arvel-{n}"),
            Self::Sqlx => "tool-sqlx".to_owned(),
            Self::Refinery => "tool-refinery".to_owned(),
            _ => "tool-seaorm".to_owned(),
        };
        std::env::current_exe().expect("the runner").with_file_name(name)
    }

    /// Runs the program on a database; `through` is the port of a proxy.
    pub fn run(
        self,
        verb: &str,
        database: &Database,
        n: usize,
        repetitions: usize,
        through: Option<u16>,
    ) -> Sample {
        let url = through.map_or_else(|| database.url(), |port| database.url_through(port));
        let mut command = Command::new(self.program(n));
        command.args([verb, &url, &n.to_string(), &repetitions.to_string()]);
        sample(command.stdout(Stdio::piped()))
    }

    /// Applies the set to an empty database.
    pub fn apply(self, database: &Database, n: usize) -> Sample {
        match self {
            Self::Script => {
                let script = crate::engine::folder().join(format!("floor-{n}.sql"));
                sample(&mut database.script(&script))
            }
            _ => self.run("apply", database, n, 1, None),
        }
    }
}

pub fn sample(command: &mut Command) -> Sample {
    let started = Instant::now();
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let wall = started.elapsed().as_secs_f64() * 1000.0;
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let mut figures: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        if let Some((name, value)) = line.split_once(' ')
            && let Ok(value) = value.parse()
        {
            figures.entry(name.to_owned()).or_default().push(value);
        }
    }
    Sample { wall, figures }
}
