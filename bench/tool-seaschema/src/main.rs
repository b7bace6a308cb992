//! The measured program: sea-schema's discovery of a PostgreSQL schema.

use std::time::Instant;

use sea_schema::postgres::discovery::SchemaDiscovery;
use sqlx::postgres::PgPoolOptions;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut args = std::env::args().skip(1);
    let url = args.next().expect("a URL");
    let times: usize = args.next().expect("how often").parse().expect("a number");
    let pool = PgPoolOptions::new().max_connections(1).connect(&url).await.expect("a connection");
    for _ in 0..times {
        let started = Instant::now();
        let schema = SchemaDiscovery::new(pool.clone(), "public").discover().await.expect("a schema");
        println!("inspect {}", started.elapsed().as_secs_f64() * 1000.0);
        let columns: usize = schema.tables.iter().map(|table| table.columns.len()).sum();
        let indexes: usize = schema.tables.iter().map(|table| table.unique_constraints.len()).sum();
        println!("tables {}\ncolumns {columns}\nindexes {indexes}", schema.tables.len());
    }
}
