//! Counts round trips: a TCP proxy that notes every turn from server to client and back.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

/// A proxy on a port of its own, for as long as the process lives.
pub struct Proxy {
    pub port: u16,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    turns: AtomicU64,
    sessions: AtomicU64,
}

/// What went through the proxy since the last reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trips {
    /// How often the client spoke after the server, or first.
    pub turns: u64,
    /// How many connections were opened.
    pub sessions: u64,
}

impl Proxy {
    pub fn start(server: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let port = listener.local_addr()?.port();
        let counts = Arc::new(Counts::default());
        let shared = Arc::clone(&counts);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(server) else { continue };
                shared.sessions.fetch_add(1, Ordering::SeqCst);
                relay(client, server, &shared);
            }
        });
        Ok(Self { port, counts })
    }

    pub fn reset(&self) {
        self.counts.turns.store(0, Ordering::SeqCst);
        self.counts.sessions.store(0, Ordering::SeqCst);
    }

    pub fn trips(&self) -> Trips {
        Trips {
            turns: self.counts.turns.load(Ordering::SeqCst),
            sessions: self.counts.sessions.load(Ordering::SeqCst),
        }
    }
}

fn relay(client: TcpStream, server: TcpStream, counts: &Arc<Counts>) {
    let client_spoke_last = Arc::new(AtomicBool::new(false));
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (Ok(client_again), Ok(server_again)) = (client.try_clone(), server.try_clone()) else { return };
    let (flag, counts) = (Arc::clone(&client_spoke_last), Arc::clone(counts));
    thread::spawn(move || {
        copy(client, server, || {
            if !flag.swap(true, Ordering::SeqCst) {
                counts.turns.fetch_add(1, Ordering::SeqCst);
            }
        });
    });
    thread::spawn(move || {
        copy(server_again, client_again, || client_spoke_last.store(false, Ordering::SeqCst))
    });
}

fn copy(mut from: TcpStream, mut to: TcpStream, mut heard: impl FnMut()) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(count) = from.read(&mut buffer) {
        if count == 0 {
            break;
        }
        heard();
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
