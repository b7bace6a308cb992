//! Benchmark 2: round trips to the servers, counted by a proxy.

use std::{fmt::Write as _, net::ToSocketAddrs};

use crate::{
    engine::{Database, Engine, Server},
    proxy::{Proxy, Trips},
    tool::{PROGRAMS, Tool},
};

pub fn run() -> String {
    [Engine::Postgres, Engine::MariaDb].into_iter().map(one).collect()
}

fn one(engine: Engine) -> String {
    let server = if engine == Engine::Postgres { Server::postgres() } else { Server::mariadb() };
    let address = format!("{}:{}", server.host, server.port).to_socket_addrs().expect("an address").next();
    let proxy = Proxy::start(address.expect("an address")).expect("a port");
    let through = |tool: Tool, verb: &str, database: &Database, n: usize| -> Trips {
        proxy.reset();
        tool.run(verb, database, n, 1, Some(proxy.port));
        proxy.trips()
    };
    let mut text = format!(
        "\n### Round trips, {}\n\n\
         A round trip is a turn from client to server; the farewell of a connection is one too. \"Connect\" opens one \
         connection and closes it; a second connection, where a tool opens one, is in the figure of what it did.\n\n\
         | tool | connect | 100 migrations applied | connections | no-op at 100 | no-op at 10,000 | no-op beyond \
         connecting |\n|---|---|---|---|---|---|---|\n",
        engine.title()
    );
    for tool in PROGRAMS {
        eprintln!("trips of {} on {}", tool.title(), engine.title());
        let database = engine.database();
        let connect = through(tool, "connect", &database, 100);
        let apply = through(tool, "apply", &database, 100);
        let small = through(tool, "noop", &database, 100);
        let database = engine.database();
        tool.run("stamp", &database, 10_000, 1, None);
        let large = through(tool, "noop", &database, 10_000);
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            tool.title(),
            connect.turns,
            apply.turns,
            apply.sessions,
            small.turns,
            large.turns,
            large.turns.saturating_sub(connect.turns)
        )
        .expect("a string takes it");
    }
    text
}
