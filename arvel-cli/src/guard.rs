//! Whether a command that loses data may run: a pure decision, made before anything is touched.
//!
//! It knows nothing of terminals or databases; who calls it says what holds. A refusal names the guard that made it
//! and how to lift exactly that one, because a guard that is lifted by guessing is no guard.

use arvel_core::{Environment, Exit};

use crate::error::CommandError;

/// A command that loses data, or fills a database with other data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarded {
    /// Drops everything and applies all.
    Fresh,
    /// Undoes and applies again.
    Refresh,
    /// Undoes everything.
    Reset,
    /// Drops everything.
    Wipe,
    /// Drops the database.
    Drop,
    /// Undoes the last.
    Rollback,
    /// Undoes down to a target.
    Downgrade,
    /// Forgets the history.
    Clear,
    /// Removes the files of migrations.
    ClearFiles,
    /// Runs seeders.
    Seed,
}

impl Guarded {
    /// The command as it is typed.
    pub fn command(self) -> &'static str {
        match self {
            Guarded::Fresh => "db fresh",
            Guarded::Refresh => "db refresh",
            Guarded::Reset => "db reset",
            Guarded::Wipe => "db wipe",
            Guarded::Drop => "db drop",
            Guarded::Rollback => "db rollback",
            Guarded::Downgrade => "db downgrade",
            Guarded::Clear => "db clear --history",
            Guarded::ClearFiles => "db clear --files",
            Guarded::Seed => "db seed",
        }
    }

    /// Whether it takes away what others made, too.
    fn drops_everything(self) -> bool {
        matches!(self, Guarded::Fresh | Guarded::Wipe | Guarded::Drop)
    }

    /// Whether `prohibit_destructive` blocks it.
    fn is_prohibitable(self) -> bool {
        use Guarded::{Clear, ClearFiles, Drop, Fresh, Refresh, Reset, Wipe};
        matches!(self, Fresh | Refresh | Reset | Wipe | Drop | Clear | ClearFiles)
    }

    /// Why it asks in every environment; `None` for what asks in production only.
    fn always(self) -> Option<&'static str> {
        matches!(self, Guarded::ClearFiles).then_some("files that are committed nowhere would be gone")
    }

    fn guard(self) -> &'static str {
        if self.always().is_some() { "the guard of files" } else { "the production guard" }
    }
}

/// What the decision is made from.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The command.
    pub command: Guarded,
    /// The environment of the process.
    pub process: Environment,
    /// The environment that the database was stamped with.
    pub stamp: Option<String>,
    /// `migrations.prohibit_destructive`.
    pub prohibited: bool,
    /// Another database of the configuration that is the same one.
    pub beside: Option<String>,
    /// `--force`.
    pub force: bool,
    /// Whether somebody can be asked.
    pub terminal: bool,
}

impl Facts {
    fn process_is_production(&self) -> bool {
        self.process.is_production()
    }

    fn stamp_is_production(&self) -> bool {
        self.stamp.as_deref() == Some(Environment::Production.as_str())
    }

    /// Who says that this is production, in words; `None` when nobody does.
    pub fn production(&self) -> Option<String> {
        match (self.process_is_production(), self.stamp_is_production()) {
            (true, true) => Some("the process says so, and the database is stamped `production`".to_owned()),
            (true, false) => Some("the environment of the process is `production`".to_owned()),
            (false, true) => Some(format!(
                "the database is stamped `production` (the environment of the process is `{}`)",
                self.process
            )),
            (false, false) => None,
        }
    }
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Allow,
    /// Ask for the database's name first.
    Ask,
    /// Do nothing.
    Refuse(Refusal),
}

/// Which guard stopped a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// `prohibit_destructive`.
    Prohibited {
        /// The command.
        command: Guarded,
    },
    /// Another database of the configuration is the same one, and would be gone too.
    Shared {
        /// The command.
        command: Guarded,
        /// The other.
        other: String,
    },
    /// It must be confirmed, and there is nobody to ask.
    NoTerminal {
        /// The command.
        command: Guarded,
        /// Why it must be confirmed: who says that it is production.
        reason: String,
    },
    /// It must be confirmed, and the name that was typed is another.
    WrongName {
        /// The command.
        command: Guarded,
        /// The name that was wanted.
        database: String,
    },
}

/// Decides. A prohibition is stronger than any consent.
pub fn decide(facts: &Facts) -> Verdict {
    let command = facts.command;
    if facts.prohibited && command.is_prohibitable() {
        return Verdict::Refuse(Refusal::Prohibited { command });
    }
    if let Some(other) = facts.beside.clone().filter(|_| command.drops_everything()) {
        return Verdict::Refuse(Refusal::Shared { command, other });
    }
    match command.always().map(str::to_owned).or_else(|| facts.production()) {
        None => Verdict::Allow,
        Some(_) if facts.force => Verdict::Allow,
        Some(_) if facts.terminal => Verdict::Ask,
        Some(reason) => Verdict::Refuse(Refusal::NoTerminal { command, reason }),
    }
}

impl Refusal {
    /// As an error; `source` says where `prohibit_destructive` is set.
    pub fn into_error(self, source: &str) -> CommandError {
        let (code, message, hint) = match self {
            Refusal::Prohibited { command } => (
                "guard.prohibited",
                format!(
                    "`{}` was stopped by `migrations.prohibit_destructive` ({source}); nothing was done",
                    command.command()
                ),
                format!(
                    "set `migrations.prohibit_destructive = false` in its source ({source}); `--force` does not lift it"
                ),
            ),
            Refusal::Shared { command, other } => (
                "guard.shared",
                format!(
                    "`{}` drops everything, and `{other}` keeps its tables and its history in the same database; \
                     nothing was done",
                    command.command()
                ),
                "`db reset` undoes what this one's migrations made, and leaves the other's alone".to_owned(),
            ),
            Refusal::NoTerminal { command, reason } => (
                if command.always().is_some() { "guard.files" } else { "guard.production" },
                format!(
                    "`{}` was stopped by {}: {reason}, and there is no terminal to confirm on; nothing was done",
                    command.command(),
                    command.guard()
                ),
                format!("run `{}` on a terminal, or consent with `--force`", command.command()),
            ),
            Refusal::WrongName { command, database } => (
                "guard.declined",
                format!(
                    "`{}` was stopped by {}: `{database}` was not typed; nothing was done",
                    command.command(),
                    command.guard()
                ),
                format!("run it again and type `{database}`, or consent with `--force`"),
            ),
        };
        CommandError::new(Exit::REFUSED, code, message).hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Guarded; 9] = [
        Guarded::Fresh,
        Guarded::Refresh,
        Guarded::Reset,
        Guarded::Wipe,
        Guarded::Drop,
        Guarded::Rollback,
        Guarded::Downgrade,
        Guarded::Clear,
        Guarded::Seed,
    ];

    fn word(verdict: &Verdict) -> &'static str {
        match verdict {
            Verdict::Allow => "allow",
            Verdict::Ask => "ask",
            Verdict::Refuse(Refusal::Prohibited { .. }) => "prohibited",
            Verdict::Refuse(_) => "refuse",
        }
    }

    #[test]
    fn the_table() {
        use Environment::{Development, Production, Staging};
        // process, stamp, force, terminal -> verdict, for every command
        let table = [
            (Development, None, false, true, "allow"),
            (Development, None, false, false, "allow"),
            (Staging, Some("staging"), false, false, "allow"),
            (Production, None, false, true, "ask"),
            (Production, None, false, false, "refuse"),
            (Production, None, true, false, "allow"),
            (Production, None, true, true, "allow"),
            (Development, Some("production"), false, true, "ask"),
            (Development, Some("production"), false, false, "refuse"),
            (Development, Some("production"), true, false, "allow"),
            (Production, Some("development"), false, false, "refuse"),
        ];
        for command in ALL {
            for (process, stamp, force, terminal, expected) in table {
                let stamp = stamp.map(str::to_owned);
                let (prohibited, beside) = (false, None);
                let facts = Facts { command, process, stamp, prohibited, beside, force, terminal };
                assert_eq!(word(&decide(&facts)), expected, "{facts:?}");
                let shared = Facts { beside: Some("other".to_owned()), ..facts.clone() };
                let of_shared = if command.drops_everything() { "refuse" } else { expected };
                assert_eq!(word(&decide(&shared)), of_shared, "{shared:?}");
                let prohibited = Facts { prohibited: true, ..facts };
                let expected = if command.is_prohibitable() { "prohibited" } else { expected };
                assert_eq!(word(&decide(&prohibited)), expected, "{prohibited:?}");
            }
        }
    }

    #[test]
    fn files_are_confirmed_in_every_environment() {
        let facts = |force, terminal| Facts {
            command: Guarded::ClearFiles,
            process: Environment::Development,
            stamp: None,
            prohibited: false,
            beside: None,
            force,
            terminal,
        };
        let of = |force, terminal| word(&decide(&facts(force, terminal)));
        assert_eq!([of(false, true), of(false, false), of(true, false)], ["ask", "refuse", "allow"]);
        assert_eq!(word(&decide(&Facts { prohibited: true, ..facts(true, true) })), "prohibited");
    }

    #[test]
    fn a_refusal_names_its_guard_and_how_to_lift_it() {
        let command = Guarded::Fresh;
        let refusals = [
            (Refusal::Prohibited { command }, "prohibit_destructive", "prohibit_destructive = false"),
            (
                Refusal::NoTerminal { command, reason: "the process says so".to_owned() },
                "production guard: the process says so",
                "`--force`",
            ),
            (Refusal::WrongName { command, database: "shop".to_owned() }, "production guard", "type `shop`"),
        ];
        for (refusal, message, hint) in refusals {
            let error = refusal.into_error("`arvel.toml` line 9");
            assert!(error.message.contains(message), "{}", error.message);
            assert!(error.hint.as_deref().is_some_and(|text| text.contains(hint)), "{:?}", error.hint);
            assert_eq!(error.exit, Exit::REFUSED);
        }
    }
}
