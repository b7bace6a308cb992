//! Serving: bind, start, open, finish.
//!
//! The listener is bound first, so that a taken port is known before a migration runs and a load balancer
//! finds a process that is alive while it starts. Until every plugin has started, everything but
//! `/health/live` answers 503. This module refuses to cut off: requests under way are finished, for a bounded
//! time, and a start is asked to stop, never dropped.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::{
    Json, Router,
    extract::{Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::{net::TcpListener, task::JoinHandle, time::timeout};
use tower::ServiceExt;

use crate::{
    BoxError, BoxFuture, ConfigError, Context, Environment, Exit, Plugin, Readiness, Shutdown, StartError,
    error::{card, chain},
    readiness::Report,
};

/// How long requests under way may take once a stop was asked for.
const FINISH: Duration = Duration::from_secs(30);
/// How long one plugin may take to clean up.
const CLEAN_UP: Duration = Duration::from_secs(10);

/// Builds routes that need the configuration.
pub(crate) type RoutesWith = Box<dyn FnOnce(Context) -> BoxFuture<'static, Result<Router, BoxError>> + Send>;

/// What there is to serve.
pub(crate) struct Service {
    pub plugins: Vec<Arc<dyn Plugin>>,
    pub routes: Router,
    pub routes_with: Vec<RoutesWith>,
    /// A socket that is bound already.
    pub listener: Option<TcpListener>,
}

/// Serves until a stop is asked for. `Ok` carries the exit code of a clean end.
pub(crate) async fn serve(service: Service, context: &Context) -> Result<Exit, StartError> {
    let Service { plugins, routes, routes_with, listener } = service;
    let listener = match listener {
        Some(listener) => listener,
        None => bind(context).await?,
    };
    let shutdown = context.shutdown();
    if let Ok(address) = listener.local_addr() {
        tracing::info!("listening on {}", url_of(address));
    }
    let gate = Gate::new(context.environment(), shutdown.clone());
    let server = accept(listener, &gate, shutdown.clone());

    let mut started = Vec::new();
    let outcome = match start(&plugins, &mut started, context).await {
        Ok(()) if shutdown.is_requested() => Ok(Exit::INTERRUPTED),
        Ok(()) => open(&gate, &plugins, routes, routes_with, context).await.map(|()| Exit::DONE),
        Err(error) => Err(error),
    };
    let outcome = match outcome {
        Ok(Exit::DONE) => finish(server, &shutdown).await.map(|()| Exit::DONE),
        other => {
            server.abort();
            other
        }
    };
    for plugin in started.iter().rev() {
        if timeout(CLEAN_UP, plugin.stop(context)).await.is_err() {
            tracing::warn!(plugin = plugin.name(), "clean-up took too long and was given up");
        }
    }
    outcome
}

async fn bind(context: &Context) -> Result<TcpListener, StartError> {
    let config = context.config();
    let host: String = config.get("server.host")?;
    let port: u16 = config.get("server.port")?;
    TcpListener::bind((host.as_str(), port)).await.map_err(|error| {
        use std::io::ErrorKind;
        let (message, hint) = match error.kind() {
            ErrorKind::AddrInUse => (
                format!("port {port} on `{host}` is in use"),
                format!(
                    "choose another one with `--port {}`, or stop the other process",
                    port.saturating_add(1)
                ),
            ),
            ErrorKind::PermissionDenied => (
                format!("port {port} on `{host}` is not allowed for this user"),
                "choose a port above 1023, for example `--port 3000`".to_owned(),
            ),
            _ => (
                format!(
                    "can not listen on `{host}` port {port} ({}): {error}",
                    config.source_of("server.host")
                ),
                "choose an address of this machine, for example `--host 127.0.0.1`".to_owned(),
            ),
        };
        StartError::new(Exit::FAILED, card(&message, &hint))
    })
}

fn url_of(address: SocketAddr) -> String {
    format!("http://{address}")
}

fn accept(listener: TcpListener, gate: &Arc<Gate>, shutdown: Shutdown) -> JoinHandle<std::io::Result<()>> {
    let router = Router::new()
        .route("/health/live", get(|| async { Json(serde_json::json!({ "status": "live" })) }))
        .route("/health/ready", get(ready))
        .fallback(pass)
        .with_state(Arc::clone(gate))
        // Handlers of the application may ask for the peer's address.
        .into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move {
        axum::serve(listener, router).with_graceful_shutdown(async move { shutdown.requested().await }).await
    })
}

async fn start<'p>(
    plugins: &'p [Arc<dyn Plugin>],
    started: &mut Vec<&'p Arc<dyn Plugin>>,
    context: &Context,
) -> Result<(), StartError> {
    let shutdown = context.shutdown();
    for plugin in plugins {
        if shutdown.is_requested() {
            return Ok(());
        }
        tracing::debug!(plugin = plugin.name(), "starting");
        // Counted as started before it is: what a failed start left behind is cleaned up by its own `stop`.
        started.push(plugin);
        plugin.start(context).await?;
    }
    Ok(())
}

async fn open(
    gate: &Gate,
    plugins: &[Arc<dyn Plugin>],
    routes: Router,
    routes_with: Vec<RoutesWith>,
    context: &Context,
) -> Result<(), StartError> {
    let mut router = routes;
    for build in routes_with {
        router = router.merge(build(context.clone()).await.map_err(of_routes)?);
    }
    for plugin in plugins {
        router = router.merge(plugin.routes(context));
    }
    for plugin in plugins {
        router = plugin.wrap(context, router);
    }
    let checks = plugins.iter().filter_map(|plugin| plugin.readiness(context)).collect();
    // Nobody else opens the gate.
    let _ = gate.open.set(Open { router, checks });
    tracing::info!(environment = %context.environment(), "ready to serve");
    Ok(())
}

/// Routes that can not be built are a matter of configuration, unless they say otherwise.
fn of_routes(error: BoxError) -> StartError {
    let error = match error.downcast::<StartError>() {
        Ok(error) => return *error,
        Err(error) => error,
    };
    match error.downcast::<ConfigError>() {
        Ok(error) => StartError::from(*error),
        Err(error) => StartError::new(
            Exit::CONFIGURATION,
            card(
                &format_args!("the routes can not be built: {}", chain(error.as_ref())),
                "check the configuration that `routes_with` reads",
            ),
        ),
    }
}

/// Waits for the request to stop, then for the requests under way, for a bounded time.
async fn finish(mut server: JoinHandle<std::io::Result<()>>, shutdown: &Shutdown) -> Result<(), StartError> {
    let ended = tokio::select! {
        // The request first: an idle server ends at the same moment, and its stop should be in the log too.
        biased;
        () = shutdown.requested() => {
            tracing::info!("stopping: requests under way are finished first");
            tokio::select! {
                ended = timeout(FINISH, &mut server) => ended.ok(),
                () = shutdown.forced() => None,
            }
        }
        ended = &mut server => Some(ended),
    };
    match ended {
        Some(Ok(Ok(()))) => Ok(()),
        Some(Ok(Err(error))) => {
            Err(StartError::new(Exit::FAILED, format!("error: the server failed: {error}")))
        }
        Some(Err(error)) => Err(StartError::new(Exit::FAILED, format!("error: the server failed: {error}"))),
        None => {
            server.abort();
            tracing::warn!("requests under way were given up");
            Ok(())
        }
    }
}

/// What stands between the network and the application: shut until everything has started.
struct Gate {
    open: OnceLock<Open>,
    environment: Environment,
    shutdown: Shutdown,
}

struct Open {
    router: Router,
    checks: Vec<Arc<dyn Readiness>>,
}

impl Gate {
    fn new(environment: Environment, shutdown: Shutdown) -> Arc<Self> {
        Arc::new(Self { open: OnceLock::new(), environment, shutdown })
    }
}

async fn ready(State(gate): State<Arc<Gate>>) -> Response {
    let report = match gate.open.get() {
        _ if gate.shutdown.is_requested() => Report::stopping(),
        Some(open) => Report::of(&open.checks, gate.environment).await,
        None => Report::starting(),
    };
    answer(report)
}

async fn pass(State(gate): State<Arc<Gate>>, request: Request) -> Response {
    match gate.open.get() {
        // A router is cheap to clone; its error type is `Infallible`.
        Some(open) => open.router.clone().oneshot(request).await.into_response(),
        None => answer(Report::starting()),
    }
}

fn answer(report: Report) -> Response {
    if report.is_ready() {
        return Json(report).into_response();
    }
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::RETRY_AFTER, "1"), (header::CACHE_CONTROL, "no-store")],
        Json(report),
    )
        .into_response()
}
