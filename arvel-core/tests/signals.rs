//! Real signals, in a process of their own: this file holds one test, because a signal reaches every token of
//! the process.
#![cfg(unix)]

use std::{ffi::OsString, process::Command, sync::Arc, time::Duration};

use arvel_core::{App, BoxFuture, Context, Exit, Plugin, StartError, Surroundings};
use tokio::{net::TcpListener, sync::Notify};

/// Starts only when asked to stop, or at once.
struct Starting {
    waits: bool,
    begun: Arc<Notify>,
}

impl Plugin for Starting {
    fn name(&self) -> &'static str {
        "starting"
    }

    fn start<'a>(&'a self, context: &'a Context) -> BoxFuture<'a, Result<(), StartError>> {
        Box::pin(async move {
            self.begun.notify_one();
            if self.waits {
                context.shutdown().requested().await;
            }
            Ok(())
        })
    }
}

#[tokio::test]
async fn a_signal_ends_a_start_with_130_and_a_server_with_0() {
    for (signal, waits, exit) in
        [("-TERM", true, Exit::INTERRUPTED), ("-INT", true, Exit::INTERRUPTED), ("-TERM", false, Exit::DONE)]
    {
        let begun = Arc::new(Notify::new());
        let folder = tempfile::tempdir().unwrap();
        let app = App::new("app")
            .plugin(Starting { waits, begun: Arc::clone(&begun) })
            .listener(TcpListener::bind(("127.0.0.1", 0)).await.unwrap());
        let end = tokio::spawn(app.run_in([OsString::from("app")], Surroundings::bare(folder.path())));
        begun.notified().await;
        // Time for a start that does not wait to be over.
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(!end.is_finished());
        let sent = Command::new("kill").arg(signal).arg(std::process::id().to_string()).status().unwrap();
        assert!(sent.success());
        assert_eq!(end.await.unwrap(), exit, "{signal}");
    }
}
