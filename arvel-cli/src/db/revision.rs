//! `db revision`: `make migration` in Alembic's words.

use std::path::PathBuf;

use arvel_core::Exit;
use arvel_migrate::project::slug_of_text;
use clap::Args;

use super::session::Session;
use crate::{
    again,
    error::CommandError,
    make::placing::{Options, Wanted},
};

/// Write a migration: `make migration`, with a sentence for a name
#[derive(Args, Debug)]
#[command(after_help = "Example: db revision -m \"create posts table\" title:string\n         \
                  db revision -m \"begin search\" --head create_posts_table --splice --branch-label search")]
pub struct Revision {
    /// What it does; the file's name is made of it
    #[arg(short, long, value_name = "TEXT")]
    message: String,
    #[command(flatten)]
    options: Options,
    /// The folder written to, instead of `migrations.path`; the same as `--path`
    #[arg(long, value_name = "DIR")]
    version_path: Option<PathBuf>,
    /// Compare models with the database: not there yet
    #[arg(long, hide = true)]
    autogenerate: bool,
}

impl Revision {
    pub fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        again::planned(&session.console, || self.once(session))
    }

    fn once(&self, session: &Session) -> Result<Exit, CommandError> {
        if self.autogenerate {
            return Err(CommandError::usage("`--autogenerate` is not there yet: no models are compared")
                .hint("name the changes: `db revision -m \"add slug to posts table\" slug:string`"));
        }
        let folder = match (&self.version_path, session.options.path.as_slice()) {
            (given, []) => given.as_ref(),
            (None, [path]) => Some(path),
            _ => {
                return Err(CommandError::usage("a file is written to one folder, and several are named")
                    .hint("give `--path` or `--version-path`, once"));
            }
        };
        let (name, description) = named(&self.message)?;
        let wanted = Wanted { command: "revision", name, description, folder };
        self.options.write(&session.work(), wanted)?;
        Ok(Exit::DONE)
    }
}

/// The name of a file and, where the sentence says more than the name, the sentence.
pub fn named(message: &str) -> Result<(String, Option<String>), CommandError> {
    let name = slug_of_text(message).map_err(arvel_migrate::project::MakeError::from)?;
    let sentence = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = (sentence.replace(' ', "_") != name).then_some(sentence);
    Ok((name, description))
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_sentence_that_says_more_than_the_name_is_kept() {
        let of = |text: &str| named(text).map_err(|error| error.message);
        assert_eq!(of("create posts table"), Ok(("create_posts_table".into(), None)));
        assert_eq!(of("create_posts_table"), Ok(("create_posts_table".into(), None)));
        assert_eq!(of("Users' posts"), Ok(("users_posts".into(), Some("Users' posts".into()))));
        assert_eq!(of(" "), Err("the name is empty".into()));
    }
}
