//! Benchmark 5: a folder of 10,000 migrations that is read at run time, and graphs in memory, beside Alembic and sqlx.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use bench_sets::{slug, text};

use crate::{
    engine::folder,
    python::{Python, python},
    stats::{median, ratio, spread, time},
    tool::{Sample, sample},
};

const FILES: usize = 10_000;
const ALEMBIC: &str = "1.20.1";

/// What is asked, and the words for it.
const COMMANDS: [(&str, [Option<&str>; 3]); 4] = [
    ("the heads", [Some("db heads"), Some("heads"), None]),
    ("the history", [Some("db history"), Some("history"), None]),
    ("what is applied", [Some("db status"), Some("history -i"), Some("info")]),
    ("migrate, nothing to do", [Some("db migrate"), Some("upgrade head"), Some("run")]),
];
const TOOLS: [&str; 3] = ["Arvel", "Alembic", "sqlx"];

pub fn run(rounds: usize) -> String {
    let python = python(&["sqlalchemy==2.1.9", &format!("alembic=={ALEMBIC}")]);
    let home = folder().join("folder");
    let _ = fs::remove_dir_all(&home);
    write(&home);
    let program = |tool: usize, words: &str| command(&python, &home, tool, words);
    for (tool, words) in [(0, "db stamp heads --yes"), (1, "stamp head"), (2, "stamp")] {
        if tool == 0 {
            sample(&mut program(0, "db create"));
        }
        eprintln!("folder: {words}");
        sample(&mut program(tool, words));
    }
    let mut samples: BTreeMap<(usize, usize), Vec<f64>> = BTreeMap::new();
    for round in 0..rounds {
        for (asked, (what, words)) in COMMANDS.iter().enumerate() {
            eprintln!("folder, round {}: {what}", round + 1);
            for at in 0..TOOLS.len() {
                let tool = (at + round) % TOOLS.len();
                let Some(words) = words[tool] else { continue };
                let taken = sample(&mut program(tool, words)).wall;
                samples.entry((asked, tool)).or_default().push(taken);
            }
        }
    }
    let mut text = format!(
        "\n### {FILES} files, SQLite, whole processes ({rounds} rounds)\n\n\
         | | Arvel | Alembic {ALEMBIC} | to Arvel | sqlx 0.9 | to Arvel |\n|---|---|---|---|---|---|\n"
    );
    for (asked, (what, words)) in COMMANDS.iter().enumerate() {
        let ours = &samples[&(asked, 0)];
        let _ = write!(text, "| {what} (`{}`) | {} |", words[0].unwrap_or_default(), spread(ours));
        for tool in [1, 2] {
            match samples.get(&(asked, tool)) {
                Some(theirs) => {
                    let _ = write!(text, " {} | {:.1} |", spread(theirs), ratio(theirs, ours));
                }
                None => text.push_str(" - | - |"),
            }
        }
        text.push('\n');
    }
    text + &graphs(&python, rounds)
}

fn command(python: &Python, home: &Path, tool: usize, words: &str) -> Command {
    let here = env::current_exe().expect("the runner");
    let mut command = match tool {
        0 => Command::new(here.with_file_name("tool-cli")),
        1 => python.command(),
        _ => Command::new(here.with_file_name("tool-folder")),
    };
    command.current_dir(home.join(TOOLS[tool].to_lowercase()));
    match tool {
        // A release build reads the folder that it is told to.
        0 => {
            command.args(words.split(' ')).args(["--path", "database/migrations", "--env", "development"]);
        }
        1 => {
            command.args(["-m", "alembic.config"]).args(words.split(' '));
        }
        _ => {
            command.args([words, "sqlite://app.db?mode=rwc", "migrations"]);
        }
    }
    command
}

/// The same tables for all three, each in a file of its tool's own form.
fn write(home: &Path) {
    let put = |path: PathBuf, text: &str| {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    };
    put(home.join("arvel/arvel.toml"), "[databases.default]\nurl = \"sqlite://app.db\"\n");
    put(home.join("alembic/alembic.ini"), "[alembic]\nscript_location = .\n");
    put(home.join("alembic/script.py.mako"), "");
    put(
        home.join("alembic/env.py"),
        "import sqlalchemy as sa\nfrom alembic import context\n\n\
         with sa.create_engine('sqlite:///app.db').connect() as connection:\n    \
         context.configure(connection=connection)\n    with context.begin_transaction():\n        \
         context.run_migrations()\n",
    );
    for at in 1..=FILES {
        let (slug, up) = (slug(at), text(at));
        let down = format!("DROP TABLE t{at:05};\n");
        put(
            home.join(format!("arvel/database/migrations/2026_01_01_{at:06}_{slug}.sql")),
            &format!("-- migrate:up\n{up}-- migrate:down\n{down}"),
        );
        put(home.join(format!("sqlx/migrations/20260101{at:06}_{slug}.sql")), &up);
        let parent = if at == 1 { "None".to_owned() } else { format!("'{:06}'", at - 1) };
        put(
            home.join(format!("alembic/versions/{at:06}_{slug}.py")),
            &format!(
                "\"\"\"{slug}\"\"\"\n\nfrom alembic import op\n\nrevision = '{at:06}'\ndown_revision = {parent}\n\
                 branch_labels = None\ndepends_on = None\n\n\ndef upgrade():\n    op.execute('''{up}''')\n\n\n\
                 def downgrade():\n    op.execute('''{down}''')\n"
            ),
        );
    }
}

/// What is measured of a graph, by the name that the programs print.
const STEPS: [(&str, &str); 5] = [
    ("build", "built and checked"),
    ("head", "the heads"),
    ("name", "a name by its beginning"),
    ("upgrade", "the plan of an upgrade from nothing"),
    ("downgrade", "the plan of a downgrade to `base`"),
];

fn graphs(python: &Python, rounds: usize) -> String {
    let here = env::current_exe().expect("the runner");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("python/graph.py");
    let mut text = format!("\n### Graphs in memory (median of {rounds} processes; Alembic of one)\n");
    for (shape, what) in [
        ("line", "one line"),
        ("ladder", "of five revisions, one forks and one merges"),
        ("lines", "ten lines, each revision needs one of the line before"),
    ] {
        let _ = write!(
            text,
            "\n{what}:\n\n| | Arvel, 10,000 | Arvel, 100,000 | Alembic {ALEMBIC}, 10,000 | Alembic, 100,000 |\n|---|---|---|---|---|\n"
        );
        let ours = |n: usize| -> Vec<Sample> {
            let program = || {
                let mut command = Command::new(here.with_file_name("arvel-graph"));
                command.args([shape, &n.to_string(), "1"]);
                command
            };
            (0..rounds).map(|_| sample(&mut program())).collect()
        };
        // Its plans are quadratic where the graph is no line: a minute and more at 10,000.
        let theirs = |n: usize| -> Option<Sample> {
            if n > 10_000 && shape != "line" {
                return None;
            }
            eprintln!("graphs: Alembic, {shape}, {n}");
            let mut command = python.command();
            Some(sample(command.arg(&script).args([shape, &n.to_string(), "1"])))
        };
        let (small, large) = (ours(10_000), ours(100_000));
        let (alembic_small, alembic_large) = (theirs(10_000), theirs(100_000));
        let of = |samples: &[Sample], name: &str| {
            median(&samples.iter().map(|sample| sample.figure(name)).collect::<Vec<_>>())
        };
        let of_one = |sample: &Option<Sample>, name: &str| {
            sample.as_ref().map_or_else(|| "-".to_owned(), |sample| time(sample.figure(name)))
        };
        for (name, what) in STEPS {
            let _ = writeln!(
                text,
                "| {what} | {} | {} | {} | {} |",
                time(of(&small, name)),
                time(of(&large, name)),
                of_one(&alembic_small, name),
                of_one(&alembic_large, name),
            );
        }
    }
    text
}
