//! What people typed elsewhere, and what it is here: rows of which the book's page is made, and each of which is run.
//!
//! `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests --test cli coming` writes the page again.

mod alembic;
mod framefox;
mod inventory;
mod laravel;
mod packages;
mod page;
mod wrappers;

use std::collections::BTreeSet;

use crate::project::{Project, State, table, words};

/// The rows of one system.
pub(crate) struct Section {
    pub title: &'static str,
    pub about: &'static str,
    pub rows: Vec<Row>,
    /// Every command with its options, as the system's own `--help` lists them.
    pub inventory: &'static [(&'static str, &'static [&'static str])],
}

/// One spelling.
pub(crate) struct Row {
    /// What is typed there.
    pub typed: &'static str,
    /// What is typed here; of what is not here, what is refused.
    pub here: &'static str,
    pub kind: Kind,
    pub note: &'static str,
    world: World,
    exit: i32,
    facts: Vec<Fact>,
}

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Here,
    NotHere,
    NotYet,
}

/// Where a row is run.
#[derive(Clone, Copy, Debug)]
pub(crate) enum World {
    /// A folder with nothing in it.
    Empty,
    /// `users`, `posts`, `tags`: a list, pending.
    Pending,
    /// The same, with a database that has nothing yet.
    Created,
    /// The same, applied by one run.
    Applied,
    /// `users`, and on it `posts` with the label `blog` and `carts` with the label `shop`; pending.
    Forked,
    /// The same, with a database that has nothing yet.
    ForkCreated,
    /// The same, applied.
    ForkApplied,
    /// `users`, and on it `posts` and `carts`, which depends on `posts`; pending.
    Needed,
    /// A table of the tenant that `-x tenant=…` names, and one of the tag; pending.
    Asking,
    /// The same, applied for `acme` and `v2`.
    Asked,
    /// The list, and beside it `reporting` with `visits` and `pages` in a database of its own; pending.
    Several,
    /// The same, applied.
    SeveralApplied,
    /// The example application, migrated, in development.
    Example,
}

/// What holds afterwards.
enum Fact {
    Shows(&'static str),
    Hides(&'static str),
    Applied(&'static [&'static str]),
    Table(&'static str),
    NoTable(&'static str),
    Writes(&'static str),
    Removes(&'static str),
    Changes,
}

const ASKING: [(&str, &str); 2] = [
    (
        "1_notes",
        "-- reads: tenant\n-- migrate:up\nCREATE TABLE ${tenant}_notes (id int);\n\
         -- migrate:down\nDROP TABLE ${tenant}_notes;\n",
    ),
    (
        "2_release",
        "-- reads: --tag\n-- migrate:up\nCREATE TABLE release_${--tag} (id int);\n\
         -- migrate:down\nDROP TABLE release_${--tag};\n",
    ),
];

/// The same thing in another spelling, or in the same.
fn same(typed: &'static str, here: &'static str) -> Row {
    Row { typed, here, kind: Kind::Here, note: "", world: World::Applied, exit: 0, facts: Vec::new() }
}

/// Not here: the reason, and what is here instead. `tried` is what is refused.
fn not(typed: &'static str, tried: &'static str, note: &'static str) -> Row {
    Row { kind: Kind::NotHere, note, exit: 2, ..same(typed, tried) }
}

/// Not here yet.
fn not_yet(typed: &'static str, tried: &'static str) -> Row {
    Row { kind: Kind::NotYet, exit: 2, ..same(typed, tried) }
}

impl Row {
    fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    fn at(self, world: World) -> Self {
        Self { world, ..self }
    }

    fn exit(self, exit: i32) -> Self {
        Self { exit, ..self }
    }

    fn fact(mut self, fact: Fact) -> Self {
        self.facts.push(fact);
        self
    }

    /// It shows this, on stdout or stderr.
    fn shows(self, text: &'static str) -> Self {
        self.fact(Fact::Shows(text))
    }

    /// It does not show this.
    fn hides(self, text: &'static str) -> Self {
        self.fact(Fact::Hides(text))
    }

    /// Afterwards exactly these are applied, in this order.
    fn applied(self, names: &'static [&'static str]) -> Self {
        self.fact(Fact::Applied(names))
    }

    /// Afterwards there is a table of this name.
    fn table(self, name: &'static str) -> Self {
        self.fact(Fact::Table(name))
    }

    /// There was a table of this name, and there is none.
    fn drops(self, name: &'static str) -> Self {
        self.fact(Fact::NoTable(name))
    }

    /// One more file is there, whose name ends so.
    fn writes(self, end: &'static str) -> Self {
        self.fact(Fact::Writes(end))
    }

    /// A file whose name ends so is gone.
    fn removes(self, end: &'static str) -> Self {
        self.fact(Fact::Removes(end))
    }

    /// It changes something that only what it shows tells of.
    fn changes(self) -> Self {
        self.fact(Fact::Changes)
    }
}

fn sections() -> Vec<Section> {
    vec![
        alembic::section(),
        wrappers::flask(),
        wrappers::ellar(),
        framefox::section(),
        laravel::section(),
        packages::section(),
    ]
}

impl World {
    fn build(self) -> Project {
        let list = || {
            ["1_users", "2_posts", "3_tags"]
                .into_iter()
                .fold(Project::new(), |p, stem| p.migration(stem, &table(stem)))
        };
        let fork = || {
            let with = |header: &str, stem: &str| format!("{header}\n{}", table(stem));
            Project::new()
                .migration("1_users", &table("1_users"))
                .migration("2_posts", &with("-- parents: 1_users\n-- labels: blog", "2_posts"))
                .migration("3_carts", &with("-- parents: 1_users\n-- labels: shop", "3_carts"))
        };
        let mut project = match self {
            World::Empty => Project::empty(),
            World::Pending | World::Created | World::Applied => list(),
            World::Forked | World::ForkCreated | World::ForkApplied => fork(),
            World::Needed => Project::new()
                .migration("1_users", &table("1_users"))
                .migration("2_posts", &format!("-- parents: 1_users\n{}", table("2_posts")))
                .migration(
                    "3_carts",
                    &format!("-- parents: 1_users\n-- depends_on: 2_posts\n{}", table("3_carts")),
                ),
            World::Asking | World::Asked => {
                ASKING.iter().fold(Project::new(), |project, (stem, text)| project.migration(stem, text))
            }
            World::Several | World::SeveralApplied => {
                let toml = "[databases.reporting]\nurl = \"sqlite:r.db\"\npath = \"reporting\"\n";
                ["1_visits", "2_pages"].into_iter().fold(list().file("arvel.toml", toml), |project, stem| {
                    project.file(&format!("reporting/{stem}.sql"), &table(stem))
                })
            }
            World::Example => Project::new().of_the_example(),
        };
        if matches!(self, World::Applied | World::ForkApplied | World::Example) {
            project.run(&["db", "migrate", "-q"], 0);
        }
        if matches!(self, World::SeveralApplied) {
            project.run(&["db", "migrate", "-q", "--all-databases"], 0);
        }
        if matches!(self, World::Asked) {
            project.run(&["db", "migrate", "-q", "-x", "tenant=acme", "--tag", "v2"], 0);
        }
        if matches!(self, World::Created | World::ForkCreated) {
            project.run(&["db", "create"], 0);
        }
        project.variable("VISUAL", "true")
    }
}

impl Row {
    /// Runs it, and says what does not hold.
    fn check(&self) -> Vec<String> {
        let mut project = self.world.build();
        let before = project.state();
        let args = words(self.here);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let (code, shown) = project.shown(&args);
        let after = project.state();
        let mut wrong = Vec::new();
        if code != Some(self.exit) {
            wrong.push(format!("exit {code:?}, not {}", self.exit));
        }
        let mut writes = false;
        for fact in &self.facts {
            writes |= !matches!(fact, Fact::Shows(_) | Fact::Hides(_));
            wrong.extend(fact.complaint(&before, &after, &shown));
        }
        if !writes && before != after {
            wrong.push("it changed something".to_owned());
        }
        if self.facts.is_empty() && self.kind == Kind::Here {
            wrong.push("the row says nothing of its effect".to_owned());
        }
        wrong.into_iter().map(|wrong| format!("{} -> {}: {wrong}\n{shown}", self.typed, self.here)).collect()
    }
}

impl Fact {
    fn complaint(&self, before: &State, after: &State, shown: &str) -> Option<String> {
        let files = |state: &State| -> BTreeSet<String> {
            state.files.keys().map(|path| path.display().to_string()).collect()
        };
        let only = |here: &State, there: &State, end: &str| {
            files(here).difference(&files(there)).any(|path| path.ends_with(end))
        };
        match self {
            Fact::Shows(text) => (!shown.contains(text)).then(|| format!("does not show `{text}`")),
            Fact::Hides(text) => shown.contains(text).then(|| format!("shows `{text}`")),
            Fact::Applied(names) => {
                let applied: Vec<&str> = after.history.iter().map(|row| name(row)).collect();
                (applied != *names).then(|| format!("applied are {applied:?}"))
            }
            Fact::Table(name) => (!has_table(after, name)).then(|| format!("made no `{name}`")),
            Fact::NoTable(name) => {
                (!has_table(before, name) || has_table(after, name)).then(|| format!("dropped no `{name}`"))
            }
            Fact::Writes(end) => (!only(after, before, end)).then(|| format!("wrote no `{end}`")),
            Fact::Removes(end) => (!only(before, after, end)).then(|| format!("removed no `{end}`")),
            Fact::Changes => (before == after).then(|| "it changed nothing".to_owned()),
        }
    }
}

fn has_table(state: &State, name: &str) -> bool {
    state.tables.iter().any(|table| table.split(' ').next() == Some(name))
}

/// `users` of the history row `1_users 1 1 v1:…`.
fn name(row: &str) -> &str {
    let revision = row.split(' ').next().unwrap_or_default();
    revision.split_once('_').map_or(revision, |(_, name)| name)
}

fn check(section: Section) {
    let wrong: Vec<String> = section.rows.iter().flat_map(Row::check).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let missing = inventory::missing(&section);
    assert!(missing.is_empty(), "{}: no row for {missing:#?}", section.title);
}

#[test]
fn rows_of_alembic_are_true() {
    check(alembic::section());
}

#[test]
fn rows_of_flask_migrate_are_true() {
    check(wrappers::flask());
}

#[test]
fn rows_of_ellar_are_true() {
    check(wrappers::ellar());
}

#[test]
fn rows_of_framefox_are_true() {
    check(framefox::section());
}

#[test]
fn rows_of_laravel_are_true() {
    check(laravel::section());
}
