//! What every `db` command starts from: the settings, a migrator that reports to the console, and the guard.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

use arvel_core::{Context, Shutdown};
use arvel_migrate::{
    DatabaseIdentity, Error, Given, Migrator, Status,
    dialect::ErrorKind,
    exec::{RunError, RunReport},
    lock::LockOptions,
    migration::{Catalog, DEFAULT_DATABASE, Migration},
    plan::Plan,
    seed::Seeders,
    settings::{Databases, Settings},
};

use super::{DbOptions, selection};
use crate::{
    error::CommandError,
    guard::{self, Facts, Guarded, Refusal, Verdict},
    make::{self, Work},
    output::{
        Console,
        human::{self, count},
        json::{Document, RunAnd, RunBody},
        progress::Progress,
        theme,
    },
};

/// One `db` command under way.
pub struct Session {
    /// The facts of the program.
    pub context: Context,
    /// The options of the group.
    pub options: DbOptions,
    /// Where to write.
    pub console: Console,
    /// The configuration of the database that it is about.
    pub settings: Settings,
    /// That of all of them.
    pub databases: Databases,
    /// `-x` and `--tag`.
    pub given: Given,
    /// Whether it is about others too, each in a session of its own.
    pub one_of_several: bool,
    /// What a signal asks.
    pub interrupt: Interrupt,
}

/// The request to stop, of all sessions of a command. Signals are listened to from the first that asks for it.
#[derive(Clone)]
pub struct Interrupt {
    shutdown: Shutdown,
    listening: Arc<OnceLock<()>>,
}

impl Interrupt {
    /// By this token.
    pub fn new(shutdown: Shutdown) -> Self {
        Self { shutdown, listening: Arc::default() }
    }

    /// Whether a signal came.
    pub fn is_requested(&self) -> bool {
        self.shutdown.is_requested()
    }
}

impl Session {
    /// The catalog: what is compiled in, the folder, and the folders of `--path`.
    pub fn catalog(&self) -> Result<Catalog, CommandError> {
        let folders = self.folders()?;
        Ok(self.settings.catalog(&folders)?)
    }

    /// The engine, reporting to the console.
    pub fn migrator(&self) -> Result<Migrator, CommandError> {
        self.migrator_with(|_| {})
    }

    fn migrator_with(
        &self,
        adjust: impl FnOnce(&mut arvel_migrate::exec::RunOptions),
    ) -> Result<Migrator, CommandError> {
        let mut options = self.settings.run_options();
        if let Some(timeout) = self.lock_timeout() {
            options.lock = LockOptions { timeout };
        }
        options.shutdown = Some(self.interrupt.shutdown.clone());
        adjust(&mut options);
        let catalog = self.catalog()?;
        self.note_unlisted(&catalog);
        self.note_unread(&catalog);
        let mut builder = self.settings.builder().options(options).given(self.given.clone());
        if !self.options.path.is_empty() {
            let folders = self.folders()?;
            builder = builder.select(selection::selected(&catalog, &folders, &self.settings.root));
        }
        Ok(builder.catalog(catalog).observer(Arc::new(Progress::new(self.console.clone()))).build()?)
    }

    /// Says which SQL files only a debug build sees.
    fn note_unlisted(&self, catalog: &Catalog) {
        let folders = std::iter::once(self.settings.folder());
        let folders = folders.chain(self.settings.paths.values().map(PathBuf::as_path));
        // Without a `mod.rs` nothing is compiled in, and nothing is forgotten.
        let folders: Vec<&Path> = folders.filter(|folder| folder.join("mod.rs").is_file()).collect();
        let own = |migration: &&Arc<Migration>| {
            let path = migration.path.as_ref().filter(|_| catalog.is_unlisted(migration));
            path.is_some_and(|path| folders.iter().any(|folder| path.starts_with(folder)))
        };
        let names: Vec<String> = catalog
            .migrations()
            .iter()
            .filter(own)
            .map(|migration| format!("`{}`", migration.revision))
            .collect();
        if !names.is_empty() {
            self.console.progress(format_args!(
                "note: {} on disk, not listed in `mod.rs` (or not built since), and unknown to a release build; \
                 run `make sync` and build\n  {}",
                if names.len() == 1 { "1 migration is".to_owned() } else { format!("{} migrations are", names.len()) },
                names.join(", ")
            ));
        }
    }

    /// Says what is given and nobody reads, as far as that can be known: code of the program may read anything.
    fn note_unread(&self, catalog: &Catalog) {
        let read: BTreeSet<&str> =
            catalog.migrations().iter().flat_map(|of| of.reads.iter().map(String::as_str)).collect();
        let unread = self.given.unread(&read);
        if unread.is_empty() || self.settings.hooks.may_read_arguments() {
            return;
        }
        let known: Vec<String> = read.iter().map(|entry| format!("`{entry}`")).collect();
        let known =
            if known.is_empty() { String::new() } else { format!("; migrations read {}", known.join(", ")) };
        self.console.progress(format_args!("note: nothing reads {}{known}", unread.join(", ")));
    }

    /// An engine that never creates a missing file database.
    pub fn migrator_of_existing(&self) -> Result<Migrator, CommandError> {
        self.migrator_with(|options| options.create = false)
    }

    /// An engine that knows no migration: for what is about the database itself.
    pub fn migrator_without_files(&self) -> Result<Migrator, CommandError> {
        let options = arvel_migrate::exec::RunOptions { create: false, ..self.settings.run_options() };
        Ok(self.settings.builder().options(options).catalog(Catalog::default()).build()?)
    }

    fn lock_timeout(&self) -> Option<Duration> {
        if self.options.no_wait { Some(Duration::ZERO) } else { self.options.lock_timeout }
    }

    /// What commands about files start from.
    pub fn work(&self) -> Work {
        let named = !self.options.database.is_empty();
        let folders = make::Folders::of_settings(&self.settings, named || self.one_of_several);
        Work::new(folders, self.console.clone())
    }

    /// From here on a signal asks the run to stop, instead of ending the process.
    pub fn listen(&self) {
        self.interrupt.listening.get_or_init(|| self.interrupt.shutdown.listen_to_signals());
    }

    /// Waits for work that does not look at the token by itself, or for a signal.
    pub async fn or_interrupted<T>(
        &self,
        work: impl Future<Output = Result<T, Error>> + Send,
    ) -> Result<T, CommandError> {
        self.listen();
        tokio::select! {
            biased;
            done = work => Ok(done?),
            () = self.interrupt.shutdown.requested() => {
                Err(CommandError::interrupted("interrupted; what was under way is rolled back"))
            }
        }
    }

    /// Which database this is about, without asking it.
    pub fn database(&self) -> DatabaseIdentity {
        let url = &self.settings.migrate_url;
        DatabaseIdentity::of(url, url.scheme()).named(&self.settings.name)
    }

    /// What a person types to confirm: the database's name, or the name of its file.
    fn typed_name(&self) -> String {
        let url = &self.settings.migrate_url;
        let file = url.file().and_then(|file| Some(file.file_name()?.to_string_lossy().into_owned()));
        file.unwrap_or_else(|| url.database().to_owned())
    }

    /// Creates a missing database of a server, when a person or `--yes` wants it. File databases make themselves.
    ///
    /// Asked for before signals are listened to, so that Ctrl-C at the question ends the process.
    pub async fn offer_database(&self, migrator: &Migrator) -> Result<(), CommandError> {
        let wanted = self.options.yes || self.console.can_ask();
        // Who may not ask the server about its databases gets the run's own error.
        if !wanted || migrator.url().is_file() || migrator.database_exists().await.unwrap_or(true) {
            return Ok(());
        }
        let name = self.typed_name();
        let question = format!("the database `{name}` does not exist; create it?");
        if self.options.yes || self.confirm(&question) {
            migrator.create_database().await?;
            self.console.progress(format_args!("created the database `{name}`"));
        }
        Ok(())
    }

    /// An ordinary question, answered with yes by an empty line.
    pub fn confirm_by_default(&self, question: &str) -> bool {
        let answer = self.console.ask(format_args!("{question} [Y/n]"));
        answer.is_some_and(|answer| matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
    }

    /// An ordinary question, answered with no by an empty line.
    fn confirm(&self, question: &str) -> bool {
        let answer = self.console.ask(format_args!("{question} [y/N]")).unwrap_or_default();
        matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
    }

    /// Lets a guarded command pass, or asks, or refuses. `losses` says what would be lost, for the question.
    pub fn guard(
        &self,
        command: Guarded,
        force: bool,
        status: Option<&Status>,
        losses: &[String],
    ) -> Result<(), CommandError> {
        let facts = Facts {
            command,
            process: self.settings.environment,
            stamp: status.and_then(|status| status.environment.clone()),
            prohibited: self.settings.prohibit_destructive,
            beside: self.settings.beside.first().cloned(),
            force,
            terminal: self.console.can_ask(),
        };
        let refused = |refusal: Refusal| {
            let source = self.context.config().source_of("migrations.prohibit_destructive");
            Err(refusal.into_error(&source))
        };
        match guard::decide(&facts) {
            Verdict::Allow => Ok(()),
            Verdict::Refuse(refusal) => refused(refusal),
            Verdict::Ask => {
                let name = self.typed_name();
                let database = status.map_or_else(|| self.database(), |status| status.database.clone());
                self.console.before_question(situation(&facts, &database, losses));
                let question = format!("type `{name}` to go on:");
                match self.console.ask(question) {
                    Some(answer) if answer.trim() == name => Ok(()),
                    _ => refused(Refusal::WrongName { command, database: name }),
                }
            }
        }
    }

    /// The status for the guard; `None` when there is no database to be asked.
    pub async fn status(&self, migrator: &Migrator) -> Result<Option<Status>, CommandError> {
        match migrator.status().await {
            Err(Error::Run(RunError::Database { error, .. })) if error.kind == ErrorKind::NoDatabase => {
                Ok(None)
            }
            status => Ok(Some(status?)),
        }
    }

    /// Shows what a run did.
    pub fn ran(&self, command: &str, report: &RunReport, nothing: &str) {
        self.total(report, nothing);
        self.console.document(&Document::new(command, RunBody::of(report).given(&self.given)));
    }

    /// The last line of a run.
    pub fn total(&self, report: &RunReport, nothing: &str) {
        if report.is_empty() {
            self.console.result(nothing);
        } else {
            self.console.result(human::total(report));
        }
    }

    /// Shows what a plan would do.
    pub async fn dry_run(
        &self,
        command: &str,
        migrator: &Migrator,
        plan: &Plan,
        nothing: &str,
    ) -> Result<(), CommandError> {
        let report = migrator.dry_run(plan).await?;
        self.tell_given();
        if report.is_empty() {
            self.console.result(nothing);
        } else {
            human::script(&self.console, &report);
            human::would(&self.console, &report);
        }
        self.console.document(&Document::new(command, RunBody::of(&report).given(&self.given)));
        Ok(())
    }

    /// Says what migrations are recorded with.
    pub fn tell_given(&self) {
        if !self.given.is_empty() {
            self.console.progress(format_args!("with `{}`", self.given));
        }
    }

    /// The program's seeders, each of a database that there is.
    pub fn seeders(&self) -> Result<Seeders, CommandError> {
        let seeders = Seeders::compiled()?;
        seeders.check_databases(&self.settings.databases)?;
        Ok(seeders)
    }

    /// Runs the seeders after a run.
    pub async fn seed(&self, migrator: &Migrator, class: Option<&str>) -> Result<Vec<String>, CommandError> {
        let seeders = self.seeders()?;
        let done = self.or_interrupted(migrator.seed(&seeders, class, self.settings.environment)).await?;
        for name in &done {
            self.console.progress(format_args!("seeded {name}"));
        }
        Ok(done)
    }

    /// The document of a run with what came before and after it.
    pub fn document_of(
        &self,
        command: &str,
        reports: &[&RunReport],
        dropped: Option<Vec<String>>,
        seeders: Option<Vec<String>>,
    ) {
        let body = RunAnd { run: RunBody::of_all(reports).given(&self.given), dropped, seeders };
        self.console.document(&Document::new(command, body));
    }
}

/// What the command line gives to migrations and hooks.
pub fn given(options: &DbOptions) -> Result<Given, CommandError> {
    let given = Given::parse(&options.argument).map_err(|error| {
        CommandError::usage(error.to_string()).hint("give each key once: `-x tenant=acme -x region=eu`")
    })?;
    Ok(match &options.tag {
        Some(tag) => given.tagged(tag),
        None => given,
    })
}

/// Says what is pending below an applied revision after a plan has run.
pub fn note_left_late(console: &Console, plan: &Plan) {
    if !plan.leaves_late.is_empty() {
        let names: Vec<String> = plan.leaves_late.iter().map(|name| format!("`{name}`")).collect();
        console.progress(format_args!("late now, below something that stays applied: {}", names.join(", ")));
    }
}

/// The plan of what would be undone, as losses.
pub fn losses_of(plan: &Plan) -> Vec<String> {
    const MOST: usize = 10;
    let mut losses: Vec<String> =
        plan.revisions().take(MOST).map(|revision| format!("what `{revision}` made")).collect();
    if plan.steps.len() > MOST {
        losses.push(format!("and what {} more made", count(plan.steps.len() - MOST, "migration")));
    }
    losses
}

fn situation(facts: &Facts, database: &DatabaseIdentity, losses: &[String]) -> String {
    let stamp = facts.stamp.as_deref().unwrap_or("none");
    let title = match facts.production() {
        Some(production) => format!("`{}` in production: {production}", facts.command.command()),
        None => format!("`{}` takes away what nobody brings back", facts.command.command()),
    };
    let mut lines = vec![theme::paint(theme::WARN, title)];
    lines.push(format!("  driver       {}", database.driver));
    if !database.host.is_empty() {
        lines.push(format!("  host         {}", database.host));
    }
    lines.push(format!("  database     {}", database.database));
    if database.name != DEFAULT_DATABASE {
        lines.push(format!("  name         {} (in `[databases]`)", database.name));
    }
    lines.push(format!("  environment  {} (process), {stamp} (stamp in the database)", facts.process));
    for (at, loss) in losses.iter().enumerate() {
        let label = if at == 0 { "will be lost" } else { "" };
        lines.push(format!("  {label:<12} {loss}"));
    }
    lines.join("\n")
}
