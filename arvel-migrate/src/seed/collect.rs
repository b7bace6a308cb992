//! Which seeders there are, and in which order they run.

use std::collections::{BTreeMap, BTreeSet};

use arvel_core::{Environment, Exit};

use super::SeederRegistration;
use crate::{dialect::DriverError, exec::RunError};

/// Seeders that can not be run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// Two of one name.
    #[error("two seeders are called `{name}`")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// A name that nothing has.
    #[error("there is no seeder `{name}`{}", candidates(.known))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The seeders that there are.
        known: Vec<String>,
    },
    /// `after` names a seeder that nothing is.
    #[error("seeder `{name}` comes after `{after}`, which there is not{}", candidates(.known))]
    UnknownAfter {
        /// The seeder.
        name: String,
        /// What it names.
        after: String,
        /// The seeders that there are.
        known: Vec<String>,
    },
    /// `after` names a seeder of another database.
    #[error("seeder `{name}` of the database `{database}` comes after `{after}`, which is one of `{other}`")]
    AcrossDatabases {
        /// The seeder.
        name: String,
        /// Its database.
        database: String,
        /// What it names.
        after: String,
        /// Whose that is.
        other: String,
    },
    /// A seeder of a database that the configuration does not have: it would never run.
    #[error("seeder `{name}` is for the database `{database}`, which the configuration does not know{}", candidates(.known))]
    UnknownDatabase {
        /// The seeder.
        name: String,
        /// Its database.
        database: String,
        /// The databases that there are.
        known: Vec<String>,
    },
    /// They wait for one another.
    #[error("seeders wait for one another: {}", .names.join(", "))]
    Cycle {
        /// Who.
        names: Vec<String>,
    },
    /// An environment that there is not.
    #[error(
        "seeder `{name}` is for the environment `{environment}`; there are development, testing, staging, production"
    )]
    UnknownEnvironment {
        /// The seeder.
        name: String,
        /// What it names.
        environment: String,
    },
    /// The code failed; its transaction was rolled back.
    #[error("seeder `{name}` failed: {error}; its transaction was rolled back{}", so_far(.done))]
    Failed {
        /// The seeder.
        name: String,
        /// What it said.
        error: DriverError,
        /// What had run before it, and stays.
        done: Vec<String>,
    },
    /// The database can not be used.
    #[error(transparent)]
    Run(#[from] RunError),
}

fn candidates(known: &[String]) -> String {
    if known.is_empty() { String::new() } else { format!("; there are {}", known.join(", ")) }
}

fn so_far(names: &[String]) -> String {
    if names.is_empty() { String::new() } else { format!("; done before: {}", names.join(", ")) }
}

impl SeedError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            SeedError::Duplicate { .. } => "seed.duplicate",
            SeedError::Unknown { .. } => "seed.unknown",
            SeedError::UnknownAfter { .. } => "seed.unknown_after",
            SeedError::AcrossDatabases { .. } => "seed.across_databases",
            SeedError::UnknownDatabase { .. } => "seed.unknown_database",
            SeedError::Cycle { .. } => "seed.cycle",
            SeedError::UnknownEnvironment { .. } => "seed.unknown_environment",
            SeedError::Failed { .. } => "seed.failed",
            SeedError::Run(error) => error.code(),
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            SeedError::Unknown { known, .. } if known.is_empty() => Some(
                "make one with `make seeder NAME`, and name its module in the application's `lib.rs`"
                    .to_owned(),
            ),
            SeedError::AcrossDatabases { after, other, .. } => {
                Some(format!("take `{after}` out of its `after`; `db seed --database {other}` runs it first"))
            }
            SeedError::UnknownDatabase { database, .. } => Some(format!(
                "correct its `database`, or set `url` under `[databases.{database}]` in `arvel.toml`"
            )),
            SeedError::Failed { name, .. } => Some(format!("mend it, then run `db seed --class {name}`")),
            SeedError::Run(error) => error.hint(),
            _ => None,
        }
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            SeedError::Failed { .. } => Exit::FAILED,
            SeedError::UnknownDatabase { .. } => Exit::CONFIGURATION,
            SeedError::Run(error) => error.exit(),
            _ => Exit::USAGE,
        }
    }
}

/// The program's seeders, in the order in which they run.
#[derive(Clone, Default)]
pub struct Seeders {
    ordered: Vec<SeederRegistration>,
}

impl Seeders {
    /// Those compiled into the program.
    ///
    /// # Errors
    /// [`SeedError`] when two share a name or they can not be ordered.
    pub fn compiled() -> Result<Self, SeedError> {
        Self::of(inventory::iter::<SeederRegistration>().copied())
    }

    /// Orders seeders: by `after`, then by name.
    ///
    /// # Errors
    /// As [`compiled`](Self::compiled).
    pub fn of(seeders: impl IntoIterator<Item = SeederRegistration>) -> Result<Self, SeedError> {
        let mut waiting: BTreeMap<&'static str, SeederRegistration> = BTreeMap::new();
        for seeder in seeders {
            if waiting.insert(seeder.name, seeder).is_some() {
                return Err(SeedError::Duplicate { name: seeder.name.to_owned() });
            }
        }
        let known: Vec<String> = waiting.keys().map(|name| (*name).to_owned()).collect();
        for seeder in waiting.values() {
            if let Some(after) = seeder.after.iter().find(|after| !waiting.contains_key(*after)) {
                let (name, after) = (seeder.name.to_owned(), (*after).to_owned());
                return Err(SeedError::UnknownAfter { name, after, known });
            }
            let own = seeder.database_name();
            let others = seeder.after.iter().filter_map(|after| waiting.get(after));
            if let Some(other) = others.into_iter().find(|other| other.database_name() != own) {
                return Err(SeedError::AcrossDatabases {
                    name: seeder.name.to_owned(),
                    database: own.to_owned(),
                    after: other.name.to_owned(),
                    other: other.database_name().to_owned(),
                });
            }
            let unknown = seeder.environments.iter().find(|text| text.parse::<Environment>().is_err());
            if let Some(environment) = unknown {
                let (name, environment) = (seeder.name.to_owned(), (*environment).to_owned());
                return Err(SeedError::UnknownEnvironment { name, environment });
            }
        }
        let mut done: BTreeSet<&'static str> = BTreeSet::new();
        let mut ordered = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let next = waiting
                .values()
                .find(|seeder| seeder.after.iter().all(|after| done.contains(after)))
                .copied();
            let Some(next) = next else {
                return Err(SeedError::Cycle {
                    names: waiting.keys().map(|name| (*name).to_owned()).collect(),
                });
            };
            waiting.remove(next.name);
            done.insert(next.name);
            ordered.push(next);
        }
        Ok(Self { ordered })
    }

    /// Refuses seeders of other databases than these.
    ///
    /// # Errors
    /// [`SeedError::UnknownDatabase`] with the first.
    pub fn check_databases(&self, known: &[String]) -> Result<(), SeedError> {
        let unknown = |seeder: &&SeederRegistration| known.iter().all(|name| name != seeder.database_name());
        match self.ordered.iter().find(unknown) {
            None => Ok(()),
            Some(seeder) => Err(SeedError::UnknownDatabase {
                name: seeder.name.to_owned(),
                database: seeder.database_name().to_owned(),
                known: known.to_vec(),
            }),
        }
    }

    /// Those of one database.
    #[must_use]
    pub fn of_database(mut self, name: &str) -> Self {
        self.ordered.retain(|seeder| seeder.database_name() == name);
        self
    }

    /// The names in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.ordered.iter().map(|seeder| seeder.name.to_owned()).collect()
    }

    /// The one of this name, or all that are for the environment.
    ///
    /// # Errors
    /// [`SeedError::Unknown`] with the names that there are.
    pub fn select(
        &self,
        class: Option<&str>,
        environment: Environment,
    ) -> Result<Vec<SeederRegistration>, SeedError> {
        match class {
            Some(name) => match self.ordered.iter().find(|seeder| seeder.name == name) {
                Some(seeder) => Ok(vec![*seeder]),
                None => Err(SeedError::Unknown { name: name.to_owned(), known: self.names() }),
            },
            None => Ok(self
                .ordered
                .iter()
                .filter(|seeder| match seeder.environments {
                    [] => !environment.is_production(),
                    named => named.contains(&environment.as_str()),
                })
                .copied()
                .collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeder(
        name: &'static str,
        after: &'static [&'static str],
        environments: &'static [&'static str],
    ) -> SeederRegistration {
        SeederRegistration { name, after, database: None, environments, run: |_| Box::pin(async { Ok(()) }) }
    }

    #[test]
    fn after_then_name() {
        let all = [seeder("posts", &["users"], &[]), seeder("users", &[], &[]), seeder("a", &["posts"], &[])];
        assert_eq!(Seeders::of(all).unwrap().names(), ["users", "posts", "a"]);
    }

    #[test]
    fn mistakes_are_named() {
        let cycle = [seeder("a", &["b"], &[]), seeder("b", &["a"], &[])];
        assert!(matches!(Seeders::of(cycle), Err(SeedError::Cycle { names }) if names == ["a", "b"]));
        assert!(matches!(Seeders::of([seeder("a", &["x"], &[])]), Err(SeedError::UnknownAfter { .. })));
        assert!(matches!(
            Seeders::of([seeder("a", &[], &[]), seeder("a", &[], &[])]),
            Err(SeedError::Duplicate { .. })
        ));
        assert!(matches!(
            Seeders::of([seeder("a", &[], &["prod"])]),
            Err(SeedError::UnknownEnvironment { .. })
        ));
        let known = Seeders::of([seeder("a", &[], &[])]).unwrap();
        let error = known.select(Some("b"), Environment::Testing).err().unwrap();
        assert_eq!(error.to_string(), "there is no seeder `b`; there are a");
    }

    #[test]
    fn each_database_has_its_own() {
        let of = |name, database, after| SeederRegistration { database, ..seeder(name, after, &[]) };
        let all = [of("a", None, &[]), of("b", Some("reporting"), &[]), of("c", Some("reporting"), &["b"])];
        let all = Seeders::of(all).unwrap();
        assert!(all.check_databases(&["default".to_owned(), "reporting".to_owned()]).is_ok());
        assert_eq!(
            all.check_databases(&["default".to_owned()]).unwrap_err().to_string(),
            "seeder `b` is for the database `reporting`, which the configuration does not know; there are default"
        );
        assert_eq!(all.clone().of_database("default").names(), ["a"]);
        assert_eq!(all.of_database("reporting").names(), ["b", "c"]);
        let error = Seeders::of([of("a", None, &[]), of("b", Some("reporting"), &["a"])]).err().unwrap();
        assert_eq!(
            error.to_string(),
            "seeder `b` of the database `reporting` comes after `a`, which is one of `default`"
        );
    }

    #[test]
    fn production_is_named_on_purpose() {
        let all = Seeders::of([seeder("demo", &[], &[]), seeder("roles", &[], &["production", "testing"])])
            .unwrap();
        let names = |environment| -> Vec<&str> {
            all.select(None, environment).unwrap().iter().map(|seeder| seeder.name).collect()
        };
        assert_eq!(names(Environment::Production), ["roles"]);
        assert_eq!(names(Environment::Development), ["demo"]);
        assert_eq!(names(Environment::Testing), ["demo", "roles"]);
    }
}
