//! A verb as a script, without a connection.

use super::{DowngradeRequest, Migrator, StampRequest, UpgradeRequest};
use crate::{
    Error,
    dialect::SharedDialect,
    graph::{Symbol, Target, TargetError},
    history::Loaded,
    lock,
    migration::{DEFAULT_DATABASE, RevisionId},
    script::{Base, Script, ScriptError, Work, Writer},
};

/// What a script does.
#[derive(Clone, Debug)]
pub enum ScriptVerb {
    /// Applies.
    Upgrade(UpgradeRequest),
    /// Undoes.
    Downgrade(DowngradeRequest),
    /// Writes the history and runs nothing.
    Stamp(StampRequest),
    /// Makes the tables of the bookkeeping, and nothing else.
    Install,
}

/// A script to write.
#[derive(Clone, Debug)]
pub struct ScriptRequest {
    /// Where the database is: this and what it needs is applied, and nothing else. `None` is nothing at all.
    pub from: Option<Target>,
    /// What it does from there. Targets that count do so from the start.
    pub verb: ScriptVerb,
    /// The version of the server, as people write it, instead of the one that is assumed.
    pub server_version: Option<String>,
}

impl Migrator {
    /// The script that does, through the database's own client, what a verb would do on a database that is where the
    /// range begins. Nothing is connected to.
    ///
    /// # Errors
    /// [`ScriptError`] for what can not be said without a connection; else as the verb, before anything runs.
    pub fn script(&self, request: &ScriptRequest) -> Result<Script, Error> {
        let dialect = self.scripted_dialect(request.server_version.as_deref())?;
        let from = self.start(request)?;
        let applied = self.graph.ancestors(&from);
        let base = Base::of(dialect.clone(), &self.graph, &applied)?;
        let loaded = Loaded { rows: base.rows.clone(), initialized: true, ..Loaded::default() };
        let (word, to, work) = match &request.verb {
            ScriptVerb::Upgrade(upgrade) => {
                self.no_current(upgrade.target.iter())?;
                let (plan, _) = self.upgrade_plan(&loaded, upgrade)?;
                if plan.is_empty() && plan.satisfied.iter().any(|revision| !from.contains(revision)) {
                    return Err(self.empty_range(request, upgrade.target.as_ref()).into());
                }
                let to = upgrade.target.as_ref().map_or("heads", Target::text);
                ("migrate", to.to_owned(), Work::Steps(plan.steps))
            }
            ScriptVerb::Downgrade(downgrade) => {
                self.no_current([&downgrade.target])?;
                let plan = self.downgrade_plan(&loaded, downgrade)?;
                ("downgrade", downgrade.target.text().to_owned(), Work::Steps(plan.steps))
            }
            ScriptVerb::Stamp(stamp) => {
                self.no_current(&stamp.targets)?;
                let plan = self.stamp_plan(&loaded, stamp)?;
                let to: Vec<&str> = stamp.targets.iter().map(Target::text).collect();
                let purge = stamp.purge;
                (if purge { "stamp --purge" } else { "stamp" }, to.join(" "), Work::Stamp { plan, purge })
            }
            ScriptVerb::Install => ("ensure-version", String::new(), Work::Tables),
        };
        let start = request.from.as_ref().map_or("base", Target::text);
        let title = match &work {
            Work::Tables => format!("db {word} --sql"),
            Work::Stamp { purge: true, .. } => format!("db {word} --sql {to}"),
            _ => format!("db {word} --sql {start}:{to}"),
        };
        let installs = matches!(work, Work::Tables);
        let writer = Writer {
            dialect,
            names: &self.names,
            graph: &self.graph,
            lock: lock::lock_name(&self.url, &self.names),
            lock_wait: self.options.lock_wait,
            environment: self.options.environment.map(|environment| environment.as_str()),
            batch_per_step: matches!(&request.verb, ScriptVerb::Upgrade(upgrade) if upgrade.batch_per_step),
            title: format!("{title}{} {}", self.which(), self.given).trim_end().to_owned(),
            notes: if installs { Vec::new() } else { self.hooks_left_out() },
        };
        writer.write(base, from, work)
    }

    /// Which database a command line means.
    fn which(&self) -> String {
        match self.name.as_str() {
            DEFAULT_DATABASE => String::new(),
            name => format!(" --database {name}"),
        }
    }

    fn scripted_dialect(&self, version: Option<&str>) -> Result<SharedDialect, ScriptError> {
        let assumed = self.driver.offline_dialect();
        let Some(version) = version else { return Ok(assumed) };
        self.driver.offline_dialect_at(version).ok_or_else(|| ScriptError::ServerVersion {
            version: version.to_owned(),
            server: assumed.capability().display_name,
        })
    }

    /// The ends of what is applied where the script begins.
    fn start(&self, request: &ScriptRequest) -> Result<Vec<RevisionId>, Error> {
        let Some(from) = &request.from else {
            return match &request.verb {
                ScriptVerb::Downgrade(downgrade) => {
                    Err(ScriptError::NoStart { target: downgrade.target.text().to_owned() }.into())
                }
                _ => Ok(Vec::new()),
            };
        };
        if matches!(&request.verb, ScriptVerb::Install | ScriptVerb::Stamp(StampRequest { purge: true, .. }))
        {
            return Err(ScriptError::NeedsNoStart { from: from.text().to_owned() }.into());
        }
        if from.needs_history() {
            return Err(ScriptError::NeedsHistory { target: from.text().to_owned() }.into());
        }
        let found = from.revisions(&self.graph, &[])?;
        if found.is_empty() && from.branch().is_some() {
            // `label@base` says where a branch begins, and not what else is there.
            return Err(TargetError::NotOneRevision { target: from.text().to_owned(), found }.into());
        }
        Ok(found)
    }

    fn no_current<'t>(&self, targets: impl IntoIterator<Item = &'t Target>) -> Result<(), ScriptError> {
        let current = targets.into_iter().find(|target| target.symbol() == Some(&Symbol::Current));
        current.map_or(Ok(()), |target| Err(ScriptError::NeedsHistory { target: target.text().to_owned() }))
    }

    /// What a script can not do: code of the program has no place in it.
    fn hooks_left_out(&self) -> Vec<String> {
        let (before, after) = self.hooks.around_steps();
        let names: Vec<String> = before.into_iter().chain(after).map(|name| format!("`{name}`")).collect();
        match names.is_empty() {
            true => Vec::new(),
            false => vec![format!("the program's hooks do not run in it: {}", names.join(", "))],
        }
    }

    fn empty_range(&self, request: &ScriptRequest, to: Option<&Target>) -> TargetError {
        let text = |target: Option<&Target>| target.map_or("", Target::text).to_owned();
        let range = format!("{}:{}", text(request.from.as_ref()), text(to));
        TargetError::EmptyRange { range, backwards: true }
    }
}
