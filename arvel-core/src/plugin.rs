//! Plugins: what an application is put together from.
//!
//! Every part is optional and has a default, so that the smallest plugin is a name. A plugin refuses to reach
//! into another: it declares keys, commands, routes and checks, and the kernel calls them in one fixed order.

use std::sync::Arc;

use axum::Router;
use figment::value::Value;

use crate::{BoxFuture, CommandGroup, Context, Provided, Readiness, StartError};

/// A part of an application.
///
/// Order when serving: `start` of each plugin as registered, then `routes`, `wrap` and `readiness`, and at the
/// end `stop` in reverse.
///
/// ```
/// use arvel_core::{Context, Plugin};
/// use axum::{Router, routing::get};
///
/// struct Greeting;
///
/// impl Plugin for Greeting {
///     fn name(&self) -> &'static str {
///         "greeting"
///     }
///
///     fn keys(&self) -> &'static [&'static str] {
///         &["greeting.text"]
///     }
///
///     fn defaults(&self) -> Vec<(&'static str, arvel_core::Value)> {
///         vec![("greeting.text", "hello".into())]
///     }
///
///     fn routes(&self, context: &Context) -> Router {
///         let text: String = context.config().get("greeting.text").unwrap_or_default();
///         Router::new().route("/greeting", get(|| async move { text }))
///     }
/// }
/// ```
pub trait Plugin: Send + Sync + 'static {
    /// The name under which it appears in logs.
    fn name(&self) -> &'static str;

    /// The configuration keys that it reads; `*` stands for one segment (`databases.*.url`), and a key covers
    /// what lies below it. A key in any source that nobody reads is an error with the nearest name.
    fn keys(&self) -> &'static [&'static str] {
        &[]
    }

    /// Defaults as (key, value): the lowest layer.
    fn defaults(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// Commands beside `serve`.
    fn commands(&self) -> Vec<Box<dyn CommandGroup>> {
        Vec::new()
    }

    /// What the program told this plugin and others may ask for by its type: [`Context::provided`].
    fn provide(&self, provided: &mut Provided) {
        let _ = provided;
    }

    /// Work to be done after the listener is bound and before application routes are served. An error stops
    /// the process with its exit code. It is never cancelled: a long start looks at
    /// [`Context::shutdown`] and returns.
    fn start<'a>(&'a self, context: &'a Context) -> BoxFuture<'a, Result<(), StartError>> {
        let _ = context;
        Box::pin(async { Ok(()) })
    }

    /// Routes, merged with the application's. Two plugins with the same route are a mistake in the program,
    /// which axum reports when it starts.
    fn routes(&self, context: &Context) -> Router {
        let _ = context;
        Router::new()
    }

    /// Wraps the routes of the whole application, for example in a layer.
    fn wrap(&self, context: &Context, router: Router) -> Router {
        let _ = context;
        router
    }

    /// What must hold before traffic is welcome; asked for once, after every plugin has started.
    fn readiness(&self, context: &Context) -> Option<Arc<dyn Readiness>> {
        let _ = context;
        None
    }

    /// Clean-up after the last request, in reverse order, for the plugins that were started.
    fn stop<'a>(&'a self, context: &'a Context) -> BoxFuture<'a, ()> {
        let _ = context;
        Box::pin(async {})
    }
}
