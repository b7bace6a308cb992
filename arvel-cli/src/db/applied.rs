//! What ran of the files of a folder, asked of every configured database that can run them.
//!
//! They are asked at once, and none is waited for long: files are published where no database is up, too. Who does not
//! answer is named, since "applied nowhere" is then only half the truth.

use std::{path::Path, time::Duration};

use arvel_migrate::{
    Error,
    dialect::ErrorKind,
    exec::{RunError, RunOptions},
    history::Remembered,
    migration::Catalog,
    publish::{AppliedOrigins, ExistingFile},
    settings::Settings,
};
use tokio::task::JoinSet;

use super::session::Session;

/// A person waits, and the connection itself would wait for ten seconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the databases answered.
#[derive(Debug, Default)]
pub struct Answers {
    /// What each that answered remembers.
    remembered: Vec<Remembered>,
    /// Those that did not, each with the reason.
    silent: Vec<(String, String)>,
}

impl Answers {
    /// Which origins are applied somewhere.
    pub fn origins(&self, files: &[ExistingFile]) -> AppliedOrigins {
        AppliedOrigins::of(&self.remembered, self.silent.is_empty(), files)
    }

    /// The names of those that did not answer.
    pub fn silent(&self) -> Vec<String> {
        self.silent.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Says who did not answer.
    pub fn tell(&self, session: &Session) {
        for (name, reason) in &self.silent {
            session
                .console
                .note(format_args!("note: what is applied in the database `{name}` is not known: {reason}"));
        }
    }
}

/// Asks the databases whose migrations can be in a folder.
pub async fn ask(session: &Session, folder: &Path) -> Answers {
    let line = session.settings.line_of(folder);
    let mut asked = JoinSet::new();
    for (at, settings) in session.databases.iter().enumerate() {
        if settings.is_about(&line) || settings.name == session.settings.name {
            let (name, settings) = (settings.name.clone(), settings.clone());
            asked.spawn(async move { (at, name, answer(&settings).await) });
        }
    }
    let mut answers = Vec::new();
    while let Some(joined) = asked.join_next().await {
        answers.extend(joined.ok());
    }
    answers.sort_by_key(|(at, ..)| *at);
    let mut all = Answers::default();
    for (_, name, answer) in answers {
        match answer {
            Ok(remembered) => all.remembered.push(remembered),
            Err(reason) => all.silent.push((name, reason)),
        }
    }
    all
}

/// What one database remembers; one that does not exist remembers nothing.
async fn answer(settings: &Settings) -> Result<Remembered, String> {
    let options = RunOptions { create: false, ..settings.run_options() };
    let migrator = settings.builder().options(options).catalog(Catalog::default()).build();
    let migrator = migrator.map_err(|error| error.to_string())?;
    match tokio::time::timeout(PATIENCE, migrator.remembered()).await {
        Ok(Err(Error::Run(RunError::Database { error, .. }))) if error.kind == ErrorKind::NoDatabase => {
            Ok(Remembered::default())
        }
        Ok(answer) => answer.map_err(|error| error.to_string()),
        Err(_) => Err(format!("no answer within {} s", PATIENCE.as_secs())),
    }
}
