//! What plugins and commands are given: the program's name, its root, its environment, its configuration and
//! the token that says when to stop.
//!
//! A context is a value: it is built once and cloned freely. It refuses to be a bag of services; what a plugin
//! offers to others it offers through its own types, and they are found by those alone.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use crate::{Config, ConfigError, Environment, Provided, Shutdown};

/// The facts of a running program. Cheap to clone.
///
/// ```
/// use arvel_core::{Config, Context, Environment};
///
/// let context = Context::new("shop", "/srv/shop", Environment::Testing, Config::of([("server.port", 0.into())]));
/// assert_eq!(context.path("database/app.db"), std::path::Path::new("/srv/shop/database/app.db"));
/// ```
#[derive(Clone)]
pub struct Context {
    inner: Arc<Inner>,
    provided: Provided,
}

struct Inner {
    app_name: String,
    root: PathBuf,
    environment: Environment,
    config: Config,
    shutdown: Shutdown,
    listening: OnceLock<()>,
}

impl Context {
    /// A context of exactly these facts, for tests and for programs without an [`App`](crate::App).
    pub fn new(
        app_name: impl Into<String>,
        root: impl Into<PathBuf>,
        environment: Environment,
        config: Config,
    ) -> Self {
        let (app_name, root, shutdown, listening) =
            (app_name.into(), root.into(), Shutdown::new(), OnceLock::new());
        let inner = Inner { app_name, root, environment, config, shutdown, listening };
        Self { inner: Arc::new(inner), provided: Provided::default() }
    }

    /// The same with what plugins offer.
    #[must_use]
    pub fn with(self, provided: Provided) -> Self {
        Self { provided, ..self }
    }

    /// What a plugin offers under this type.
    pub fn provided<T: std::any::Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.provided.get()
    }

    /// The name given to [`App::new`](crate::App::new).
    pub fn app_name(&self) -> &str {
        &self.inner.app_name
    }

    /// The folder that every relative path in configuration is relative to.
    pub fn root(&self) -> &Path {
        &self.inner.root
    }

    /// A path from configuration, made absolute with the root.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.inner.root.join(path)
    }

    /// Where the program runs.
    pub fn environment(&self) -> Environment {
        self.inner.environment
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Whether the program is a debug build.
    pub fn debug_build(&self) -> bool {
        cfg!(debug_assertions)
    }

    /// The token that says when to stop. From the first call on, SIGINT and SIGTERM ask for it instead of
    /// ending the process: so whoever takes the token must look at it, and a command that never takes it can
    /// be interrupted like any program.
    pub fn shutdown(&self) -> Shutdown {
        self.inner.listening.get_or_init(|| self.inner.shutdown.listen_to_signals());
        self.inner.shutdown.clone()
    }
}

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("app_name", &self.app_name())
            .field("root", &self.root())
            .field("environment", &self.environment())
            .field("config", self.config())
            .finish_non_exhaustive()
    }
}

/// What a command group is started with: a context, or why there is none.
///
/// The root is known in either case, because some commands (`make sync`) must work on files alone while the
/// configuration is broken; and the error is a value, because some commands answer in JSON.
#[derive(Clone, Debug)]
pub struct Invocation {
    app_name: String,
    root: PathBuf,
    context: Result<Context, ConfigError>,
    commands: clap::Command,
    provided: Provided,
}

impl Invocation {
    /// Started with a context or an error, in `root`.
    pub fn new(
        app_name: impl Into<String>,
        root: impl Into<PathBuf>,
        context: Result<Context, ConfigError>,
    ) -> Self {
        let provided = context.as_ref().map(|context| context.provided.clone()).unwrap_or_default();
        let commands = clap::Command::default();
        Self { app_name: app_name.into(), root: root.into(), context, commands, provided }
    }

    /// The same with what plugins offer, also while the configuration is broken.
    #[must_use]
    pub fn with(self, provided: Provided) -> Self {
        let context = self.context.map(|context| context.with(provided.clone()));
        Self { context, provided, ..self }
    }

    /// What a plugin offers under this type.
    pub fn provided<T: std::any::Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.provided.get()
    }

    /// The name given to [`App::new`](crate::App::new).
    pub fn app_name(&self) -> &str {
        &self.app_name
    }

    /// The same with the command tree of the program, for a command that is about it.
    #[must_use]
    pub fn with_commands(self, commands: clap::Command) -> Self {
        Self { commands, ..self }
    }

    /// The command tree of the program; empty in an invocation that no [`App`](crate::App) has made.
    pub fn commands(&self) -> &clap::Command {
        &self.commands
    }

    /// The root of the project, also when its configuration is broken.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The context, or the error that is in its way (exit code 3).
    pub fn context(&self) -> Result<Context, ConfigError> {
        self.context.clone()
    }
}

impl From<Context> for Invocation {
    fn from(context: Context) -> Self {
        Self::new(context.app_name(), context.root(), Ok(context.clone()))
    }
}
