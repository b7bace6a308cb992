//! Serving over a real listener: what the network sees while a program starts, runs, and stops.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests fail like tests")]

use std::{
    ffi::OsString,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use arvel_core::{
    App, BoxFuture, Context, Exit, Plugin, Readiness, ReadyState, Shutdown, StartError, Surroundings,
};
use axum::{Router, extract::ConnectInfo, routing::get};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};

/// A plugin that lets the test decide when its start is over, and how.
#[derive(Clone, Default)]
struct Probe {
    go_on: Arc<Notify>,
    shutdown: Arc<Mutex<Option<Shutdown>>>,
    ready: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    fails: bool,
}

impl Probe {
    /// The token of the running program, once its start has begun.
    async fn shutdown(&self) -> Shutdown {
        loop {
            if let Some(shutdown) = self.shutdown.lock().unwrap().clone() {
                return shutdown;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
}

impl Plugin for Probe {
    fn name(&self) -> &'static str {
        "probe"
    }

    fn start<'a>(&'a self, context: &'a Context) -> BoxFuture<'a, Result<(), StartError>> {
        Box::pin(async move {
            let shutdown = context.shutdown();
            *self.shutdown.lock().unwrap() = Some(shutdown.clone());
            tokio::select! {
                () = self.go_on.notified() => {}
                () = shutdown.requested() => {}
            }
            if self.fails { Err(StartError::new(Exit::LOCK_BUSY, "error: busy")) } else { Ok(()) }
        })
    }

    fn routes(&self, _: &Context) -> Router {
        Router::new().route("/plugin", get(|| async { "of the plugin" }))
    }

    fn wrap(&self, _: &Context, router: Router) -> Router {
        router.route("/wrapped", get(|| async { "wrapped" }))
    }

    fn readiness(&self, _: &Context) -> Option<Arc<dyn Readiness>> {
        Some(Arc::new(self.clone()))
    }

    fn stop<'a>(&'a self, _: &'a Context) -> BoxFuture<'a, ()> {
        Box::pin(async { self.stopped.store(true, Ordering::SeqCst) })
    }
}

impl Readiness for Probe {
    fn name(&self) -> &str {
        "probe"
    }

    fn check<'a>(&'a self) -> BoxFuture<'a, ReadyState> {
        Box::pin(async {
            if self.ready.load(Ordering::SeqCst) {
                return ReadyState::Ready;
            }
            ReadyState::NotReady { reason: "1 pending".to_owned(), details: vec!["create_users".to_owned()] }
        })
    }
}

struct Running {
    address: SocketAddr,
    end: JoinHandle<Exit>,
    _folder: tempfile::TempDir,
}

async fn serve(app: App, arguments: &[&str]) -> Running {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let arguments: Vec<OsString> = ["app"].iter().chain(arguments).map(OsString::from).collect();
    let end = tokio::spawn(app.listener(listener).run_in(arguments, Surroundings::bare(folder.path())));
    Running { address, end, _folder: folder }
}

/// Status and body of a GET.
async fn ask(address: SocketAddr, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    (status, answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned())
}

async fn until(address: SocketAddr, path: &str, status: u16) -> String {
    for _ in 0..500 {
        let (found, body) = ask(address, path).await;
        if found == status {
            return body;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("`{path}` never answered {status}");
}

const STARTING: &str = r#"{"status":"starting"}"#;

#[tokio::test]
async fn alive_at_once_and_open_only_when_everything_has_started() {
    let probe = Probe::default();
    let app = App::new("app")
        .plugin(probe.clone())
        .routes(Router::new().route("/", get(|| async { "hello" })))
        .routes_with(|context| async move {
            let name = context.app_name().to_owned();
            Ok(Router::new().route("/name", get(|| async move { name })))
        })
        .routes(Router::new().route(
            "/peer",
            get(|ConnectInfo(a): ConnectInfo<SocketAddr>| async move { a.ip().to_string() }),
        ));
    let running = serve(app, &[]).await;
    let at = running.address;

    let shutdown = probe.shutdown().await;
    assert_eq!(ask(at, "/health/live").await, (200, r#"{"status":"live"}"#.to_owned()));
    for path in ["/", "/plugin", "/nowhere", "/health/ready"] {
        assert_eq!(ask(at, path).await, (503, STARTING.to_owned()), "{path}");
    }

    probe.go_on.notify_one();
    assert_eq!(until(at, "/", 200).await, "hello");
    for (path, body) in
        [("/name", "app"), ("/plugin", "of the plugin"), ("/wrapped", "wrapped"), ("/peer", "127.0.0.1")]
    {
        assert_eq!(ask(at, path).await, (200, body.to_owned()));
    }
    assert_eq!(ask(at, "/nowhere").await.0, 404);
    let unready = r#"{"status":"not ready","checks":[{"name":"probe","reason":"1 pending","details":["create_users"]}]}"#;
    assert_eq!(ask(at, "/health/ready").await, (503, unready.to_owned()));
    probe.ready.store(true, Ordering::SeqCst);
    assert_eq!(ask(at, "/health/ready").await, (200, r#"{"status":"ready"}"#.to_owned()));

    shutdown.request();
    assert_eq!(running.end.await.unwrap(), Exit::DONE);
    assert!(probe.stopped.load(Ordering::SeqCst));
}

#[tokio::test]
async fn production_keeps_details_to_itself() {
    let probe = Probe::default();
    probe.go_on.notify_one();
    let running = serve(App::new("app").plugin(probe.clone()), &["--env", "production"]).await;
    until(running.address, "/plugin", 200).await;
    let (_, body) = ask(running.address, "/health/ready").await;
    assert_eq!(body, r#"{"status":"not ready","checks":[{"name":"probe","reason":"1 pending"}]}"#);
    probe.shutdown().await.request();
    assert_eq!(running.end.await.unwrap(), Exit::DONE);
}

#[tokio::test]
async fn a_request_under_way_is_finished_first_and_given_up_when_forced() {
    for (forced, status) in [(false, 200), (true, 0)] {
        let (probe, entered, leave) = (Probe::default(), Arc::new(Notify::new()), Arc::new(Notify::new()));
        probe.go_on.notify_one();
        let slow = {
            let (entered, leave) = (Arc::clone(&entered), Arc::clone(&leave));
            move || async move {
                entered.notify_one();
                leave.notified().await;
                "slow"
            }
        };
        let app = App::new("app").plugin(probe.clone()).routes(Router::new().route("/slow", get(slow)));
        let running = serve(app, &[]).await;
        let at = running.address;
        until(at, "/plugin", 200).await;

        let asked = tokio::spawn(async move {
            let mut stream = TcpStream::connect(at).await.unwrap();
            stream.write_all(b"GET /slow HTTP/1.1\r\nHost: test\r\n\r\n").await.unwrap();
            let mut answer = [0; 12];
            stream.read_exact(&mut answer).await.map(|_| String::from_utf8_lossy(&answer).into_owned())
        });
        entered.notified().await;
        let shutdown = probe.shutdown().await;
        shutdown.request();
        tokio::time::sleep(Duration::from_millis(20)).await;
        assert!(!running.end.is_finished());
        if forced {
            shutdown.force();
            assert_eq!(running.end.await.unwrap(), Exit::DONE);
        } else {
            leave.notify_one();
            let answer = asked.await.unwrap().unwrap();
            assert_eq!(answer, format!("HTTP/1.1 {status}"));
            assert_eq!(running.end.await.unwrap(), Exit::DONE);
        }
    }
}

#[tokio::test]
async fn a_start_that_fails_ends_the_process_with_its_own_code() {
    let probe = Probe { fails: true, ..Probe::default() };
    probe.go_on.notify_one();
    let running = serve(App::new("app").plugin(probe.clone()), &["serve"]).await;
    assert_eq!(running.end.await.unwrap(), Exit::LOCK_BUSY);
    assert!(probe.stopped.load(Ordering::SeqCst));
}

#[tokio::test]
async fn a_start_that_is_asked_to_stop_ends_interrupted() {
    let probe = Probe::default();
    let running = serve(App::new("app").plugin(probe.clone()), &[]).await;
    probe.shutdown().await.request();
    assert_eq!(running.end.await.unwrap(), Exit::INTERRUPTED);
}

#[tokio::test]
async fn routes_that_can_not_be_built_are_a_matter_of_configuration() {
    let bad = App::new("app").routes_with(|_| async { Err("no such pool".into()) });
    assert_eq!(serve(bad, &[]).await.end.await.unwrap(), Exit::CONFIGURATION);
    let own =
        App::new("app").routes_with(|_| async { Err(StartError::new(Exit::FAILED, "error: own").into()) });
    assert_eq!(serve(own, &[]).await.end.await.unwrap(), Exit::FAILED);
    let missing = App::new("app").routes_with(|context| async move {
        context.config().get::<String>("databases.default.url")?;
        Ok(Router::new())
    });
    assert_eq!(serve(missing, &[]).await.end.await.unwrap(), Exit::CONFIGURATION);
}

#[tokio::test]
async fn a_taken_port_is_found_before_anything_starts() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let probe = Probe::default();
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["app", "serve", "--port", &port].map(OsString::from);
    let exit =
        App::new("app").plugin(probe.clone()).run_in(arguments, Surroundings::bare(folder.path())).await;
    assert_eq!(exit, Exit::FAILED);
    assert!(probe.shutdown.lock().unwrap().is_none());
}
