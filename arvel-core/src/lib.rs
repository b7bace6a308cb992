//! The framework kernel of Arvel: application, plugins, configuration, environment, command groups, serving.
//!
//! It exists so that everything above it (migrations, commands, plugins) agrees on where the project is, which
//! environment it runs in, what the configuration says and how a process ends. It knows no SQL and depends on
//! none of its siblings.

mod app;
mod command;
mod config;
mod context;
mod environment;
mod error;
mod exit;
mod plugin;
mod provided;
mod readiness;
mod root;
mod serve;
mod shutdown;
mod suggest;
mod telemetry;

use std::{future::Future, pin::Pin};

pub use figment::value::Value;

pub use self::{
    app::App,
    command::CommandGroup,
    config::{Config, ConfigError, Source, Surroundings},
    context::{Context, Invocation},
    environment::{Environment, UnknownEnvironment},
    error::{BoxError, StartError, report},
    exit::Exit,
    plugin::Plugin,
    provided::Provided,
    readiness::{Readiness, ReadyState},
    root::{FILE_NAME, Root},
    shutdown::{Shutdown, Urgency},
};

/// A boxed future, the shape of every asynchronous method of a trait object here.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
