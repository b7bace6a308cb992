//! The request to stop, as a value that travels.
//!
//! Signals are turned into a [`Shutdown`] once, by whoever starts the work; everything else only looks at the
//! token. The first signal asks to finish what is under way, the second to give it up, the third ends the
//! process. This module refuses to decide what "finish" means: a server and a migration differ in that.

use std::sync::Arc;

use tokio::sync::watch;

use crate::Exit;

/// How urgently a stop was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Nobody asked.
    #[default]
    None,
    /// Finish what is under way, begin nothing new.
    Requested,
    /// Give up what is under way.
    Forced,
}

/// A token that says whether to stop. Clones share one state.
///
/// ```
/// use arvel_core::Shutdown;
///
/// let shutdown = Shutdown::new();
/// let seen_elsewhere = shutdown.clone();
/// shutdown.request();
/// assert!(seen_elsewhere.is_requested() && !seen_elsewhere.is_forced());
/// ```
#[derive(Clone, Debug)]
pub struct Shutdown {
    urgency: Arc<watch::Sender<Urgency>>,
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}

impl Shutdown {
    /// A token that no signal reaches.
    pub fn new() -> Self {
        Self { urgency: Arc::new(watch::Sender::new(Urgency::None)) }
    }

    /// Asks to stop; asked once more, [`force`](Self::force)s.
    pub fn request(&self) {
        self.urgency.send_modify(|urgency| {
            *urgency = if *urgency == Urgency::None { Urgency::Requested } else { Urgency::Forced };
        });
    }

    /// Asks to give up what is under way.
    pub fn force(&self) {
        self.urgency.send_replace(Urgency::Forced);
    }

    /// How urgently a stop was asked for, so far.
    pub fn urgency(&self) -> Urgency {
        *self.urgency.borrow()
    }

    /// Whether a stop was asked for.
    pub fn is_requested(&self) -> bool {
        self.urgency() >= Urgency::Requested
    }

    /// Whether giving up was asked for.
    pub fn is_forced(&self) -> bool {
        self.urgency() >= Urgency::Forced
    }

    /// Waits until a stop is asked for.
    pub async fn requested(&self) {
        self.reaches(Urgency::Requested).await;
    }

    /// Waits until giving up is asked for.
    pub async fn forced(&self) {
        self.reaches(Urgency::Forced).await;
    }

    async fn reaches(&self, wanted: Urgency) {
        // The sender lives in `self`, so the channel can not close while this waits.
        let _ = self.urgency.subscribe().wait_for(|urgency| *urgency >= wanted).await;
    }

    /// Listens to SIGINT and SIGTERM from now on, in a task of the current runtime. Without a runtime, or when
    /// the handlers can not be installed, the signals keep their ordinary effect: they end the process.
    pub fn listen_to_signals(&self) {
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        let Some(mut signals) = Signals::install() else { return };
        // Weak: once a program is over, a signal must not count against its token.
        let urgency = Arc::downgrade(&self.urgency);
        runtime.spawn(async move {
            while signals.next().await {
                let Some(urgency) = urgency.upgrade() else { return };
                let shutdown = Shutdown { urgency };
                if shutdown.is_forced() {
                    // The third one: whoever sends it has run out of patience with both tokens.
                    std::process::exit(Exit::INTERRUPTED.0.into());
                }
                shutdown.request();
            }
        });
    }
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn install() -> Option<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Some(Self {
            interrupt: signal(SignalKind::interrupt()).ok()?,
            terminate: signal(SignalKind::terminate()).ok()?,
        })
    }

    async fn next(&mut self) -> bool {
        tokio::select! {
            received = self.interrupt.recv() => received.is_some(),
            received = self.terminate.recv() => received.is_some(),
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn install() -> Option<Self> {
        Some(Self)
    }

    async fn next(&mut self) -> bool {
        tokio::signal::ctrl_c().await.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_first_asks_and_the_second_forces() {
        let shutdown = Shutdown::new();
        assert_eq!(shutdown.urgency(), Urgency::None);
        shutdown.request();
        assert_eq!(shutdown.urgency(), Urgency::Requested);
        shutdown.request();
        assert_eq!(shutdown.urgency(), Urgency::Forced);
        shutdown.requested().await;
        shutdown.forced().await;
    }

    #[tokio::test]
    async fn a_waiter_wakes() {
        let shutdown = Shutdown::new();
        let waiter = tokio::spawn({
            let shutdown = shutdown.clone();
            async move { shutdown.requested().await }
        });
        tokio::task::yield_now().await;
        shutdown.request();
        waiter.await.unwrap();
    }
}
