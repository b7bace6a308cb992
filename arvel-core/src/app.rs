//! The application: plugins, routes and commands, put together and run.
//!
//! This is wiring only. It parses the command line, has the configuration resolved, and hands over to the
//! server or to a command group. It refuses to know what a plugin does.

use std::{ffi::OsString, future::Future, path::PathBuf, process::ExitCode, sync::Arc};

use axum::Router;
use clap::{Arg, ArgMatches, Command, value_parser};
use figment::value::Value;
use tokio::net::TcpListener;

use crate::{
    BoxError, CommandGroup, ConfigError, Context, Exit, Invocation, Plugin, Provided, Surroundings,
    config::{
        keys::Keys,
        resolve::{self, Request},
    },
    error::{report, say},
    serve::{self, RoutesWith, Service},
    telemetry::{self, Telemetry},
};

/// An application.
///
/// ```no_run
/// use arvel_core::App;
/// use axum::{Router, routing::get};
///
/// #[tokio::main]
/// async fn main() -> std::process::ExitCode {
///     App::new("shop")
///         .version(env!("CARGO_PKG_VERSION"))
///         .routes(Router::new().route("/", get(|| async { "hello" })))
///         .run()
///         .await
/// }
/// ```
#[must_use = "an application does nothing until it is run"]
pub struct App {
    name: &'static str,
    version: Option<&'static str>,
    plugins: Vec<Arc<dyn Plugin>>,
    groups: Vec<Box<dyn CommandGroup>>,
    routes: Router,
    routes_with: Vec<RoutesWith>,
    listener: Option<TcpListener>,
}

impl App {
    /// An application without anything. `name` is the command's name in help texts.
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            version: None,
            plugins: Vec::new(),
            groups: Vec::new(),
            routes: Router::new(),
            routes_with: Vec::new(),
            listener: None,
        }
    }

    /// The version that `--version` shows: `env!("CARGO_PKG_VERSION")`.
    pub fn version(mut self, version: &'static str) -> Self {
        self.version = Some(version);
        self
    }

    /// Adds a plugin. Plugins start in the order in which they are added.
    pub fn plugin(mut self, plugin: impl Plugin) -> Self {
        self.groups.extend(plugin.commands());
        self.plugins.push(Arc::new(plugin));
        self
    }

    /// Adds routes. Called again, it merges them. `/health/live` and `/health/ready` are the kernel's own.
    pub fn routes(mut self, router: Router) -> Self {
        self.routes = self.routes.merge(router);
        self
    }

    /// Adds routes that need the configuration or shared state. Called once when serving, after every plugin
    /// has started; an error ends the process with exit code 3, or that of a [`StartError`](crate::StartError).
    pub fn routes_with<F, Fut>(mut self, build: F) -> Self
    where
        F: FnOnce(Context) -> Fut + Send + 'static,
        Fut: Future<Output = Result<Router, BoxError>> + Send + 'static,
    {
        self.routes_with.push(Box::new(|context| Box::pin(build(context))));
        self
    }

    /// Adds a command group beside `serve`.
    pub fn command(mut self, group: impl CommandGroup + 'static) -> Self {
        self.groups.push(Box::new(group));
        self
    }

    /// Serves on a socket that is bound already (socket activation, tests) instead of `server.host` and
    /// `server.port`.
    pub fn listener(mut self, listener: TcpListener) -> Self {
        self.listener = Some(listener);
        self
    }

    /// Runs with the arguments of the process. Without a subcommand it serves.
    pub async fn run(self) -> ExitCode {
        self.run_from(std::env::args_os()).await
    }

    /// Runs with these arguments; the first one is the program's name.
    pub async fn run_from(self, args: impl IntoIterator<Item = OsString>) -> ExitCode {
        self.run_in(args, Surroundings::of_process()).await.into()
    }

    /// Runs with these arguments in these surroundings, without a look at the process's own.
    pub async fn run_in(self, args: impl IntoIterator<Item = OsString>, surroundings: Surroundings) -> Exit {
        let args: Vec<OsString> = args.into_iter().collect();
        let matches = match self.clap_command().try_get_matches_from(&args) {
            Ok(matches) => matches,
            Err(error) => {
                // `--help` and `--version` are such errors too, for stdout and with exit code 0.
                if !error.use_stderr() {
                    let _ = error.print();
                    return Exit::DONE;
                }
                return self.told_by_a_group(&args, &error).unwrap_or_else(|| {
                    let _ = error.print();
                    Exit::USAGE
                });
            }
        };
        match matches.subcommand() {
            Some((name, of_group)) if name != SERVE => self.run_group(name, of_group, &surroundings).await,
            of_serve => self.run_serve(&matches, of_serve.map(|(_, matches)| matches), &surroundings).await,
        }
    }

    /// The whole command tree: for completions, and for a test with clap's `debug_assert`.
    pub fn clap_command(&self) -> Command {
        let root = Command::new(self.name)
            .about("Serve the application, or run one of its commands")
            .after_help(format!("Example: {} --env testing serve --port 4000", self.name))
            .arg(
                Arg::new(ENV)
                    .long("env")
                    .value_name("E")
                    .global(true)
                    .help("Environment: development, testing, staging or production"),
            )
            .arg(
                Arg::new(CONFIG)
                    .long("config")
                    .value_name("FILE")
                    .global(true)
                    .value_parser(value_parser!(PathBuf))
                    .help("Configuration file; its folder is the root of the project"),
            )
            .args(address_options())
            .subcommand(
                Command::new(SERVE)
                    .about("Serve the application (also without a subcommand)")
                    .after_help(format!("Example: {} serve --host 0.0.0.0 --port 8080", self.name))
                    .args(address_options()),
            )
            .subcommands(self.groups.iter().map(|group| group.command()));
        match self.version {
            Some(version) => root.version(version),
            None => root,
        }
    }

    /// The exit code of the group that was called, if it has told what was refused.
    fn told_by_a_group(&self, args: &[OsString], error: &clap::Error) -> Option<Exit> {
        let (group, arguments) = args.iter().enumerate().skip(1).find_map(|(at, word)| {
            let group = self.groups.iter().find(|group| word == group.command().get_name())?;
            Some((group, &args[at + 1..]))
        })?;
        group.refused(arguments, error)
    }

    async fn run_group(self, name: &str, matches: &ArgMatches, surroundings: &Surroundings) -> Exit {
        // `command()` made the name that clap has just matched.
        let Some(group) = self.groups.iter().find(|group| group.command().get_name() == name) else {
            return Exit::USAGE;
        };
        let request = request(matches, group.overrides(matches));
        let invocation = self.invocation(&request, surroundings).with_commands(self.clap_command());
        let colour = telemetry::colour(surroundings.non_empty("NO_COLOR"));
        // While the configuration is broken, the variable of the process still counts.
        let level = invocation.context().map_or_else(
            |_| surroundings.non_empty("ARVEL_LOG").map(str::to_owned),
            |context| telemetry::of_variable(context.config()),
        );
        Telemetry::of_command(level.as_deref(), colour).install();
        group.run(invocation, matches).await
    }

    async fn run_serve(
        self,
        root: &ArgMatches,
        serve: Option<&ArgMatches>,
        surroundings: &Surroundings,
    ) -> Exit {
        let request = request(root, address_overrides(root, serve));
        let invocation = self.invocation(&request, surroundings);
        let colour = telemetry::colour(surroundings.non_empty("NO_COLOR"));
        let prepared = invocation.context().and_then(|context| {
            let telemetry = Telemetry::of_server(context.config(), context.environment(), colour)?;
            Ok((context, telemetry))
        });
        let (context, telemetry) = match prepared {
            Ok(prepared) => prepared,
            Err(error) => return report(&error),
        };
        telemetry.install();
        let App { plugins, routes, routes_with, listener, .. } = self;
        let service = Service { plugins, routes, routes_with, listener };
        // Boxed: in debug builds a future that inlines everything below it overflows a thread's stack.
        match Box::pin(serve::serve(service, &context)).await {
            Ok(exit) => exit,
            Err(error) => {
                match telemetry.format {
                    telemetry::Format::Human => say(&error.message),
                    telemetry::Format::Json => tracing::error!(exit = error.exit.0, "{}", error.message),
                }
                error.exit
            }
        }
    }

    /// What the program would know in these surroundings, without a command line: for tests of an application.
    pub fn context_in(&self, surroundings: &Surroundings) -> Result<Context, ConfigError> {
        self.invocation(&Request::default(), surroundings).context()
    }

    fn invocation(&self, request: &Request, surroundings: &Surroundings) -> Invocation {
        let root = resolve::root(request, surroundings);
        let keys = Keys::new(self.plugins.iter().flat_map(|plugin| plugin.keys().iter().copied()));
        let defaults = self.plugins.iter().flat_map(|plugin| plugin.defaults()).collect();
        let context = resolve::resolve(request, surroundings, &root, &keys, defaults)
            .map(|resolved| Context::new(self.name, &root.folder, resolved.environment, resolved.config));
        let mut provided = Provided::default();
        self.plugins.iter().for_each(|plugin| plugin.provide(&mut provided));
        Invocation::new(self.name, root.folder, context).with(provided)
    }
}

fn request(matches: &ArgMatches, overrides: Vec<(String, Value)>) -> Request {
    Request {
        environment: matches.get_one::<String>(ENV).cloned(),
        config: matches.get_one::<PathBuf>(CONFIG).cloned(),
        overrides,
    }
}

const SERVE: &str = "serve";
const ENV: &str = "env";
const CONFIG: &str = "config";
const HOST: &str = "host";
const PORT: &str = "port";

/// On the root and on `serve`, rather than global: they mean nothing to other commands.
fn address_options() -> [Arg; 2] {
    [
        Arg::new(HOST).long("host").value_name("HOST").help("Address to listen on [default: 127.0.0.1]"),
        Arg::new(PORT)
            .long("port")
            .value_name("PORT")
            .value_parser(value_parser!(u16))
            .help("Port to listen on; 0 takes a free one [default: 3000]"),
    ]
}

fn address_overrides(root: &ArgMatches, serve: Option<&ArgMatches>) -> Vec<(String, Value)> {
    let places = || serve.into_iter().chain([root]);
    let host = places().find_map(|matches| matches.get_one::<String>(HOST));
    let port = places().find_map(|matches| matches.get_one::<u16>(PORT));
    host.map(|host| ("server.host".to_owned(), Value::from(host.as_str())))
        .into_iter()
        .chain(port.map(|port| ("server.port".to_owned(), Value::from(*port))))
        .collect()
}
