//! The measured program: the inspection of a schema.

use std::time::Instant;

use arvel_migrate::Migrator;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut args = std::env::args().skip(1);
    let url = args.next().expect("a URL");
    let times: usize = args.next().expect("how often").parse().expect("a number");
    let migrator = Migrator::builder(&url).expect("a URL").build().expect("a migrator");
    let mut db = migrator.connect().await.expect("a connection");
    for _ in 0..times {
        let started = Instant::now();
        let schema = db.schema().await.expect("a schema");
        println!("inspect {}", started.elapsed().as_secs_f64() * 1000.0);
        let columns: usize = schema.tables.values().map(|table| table.columns.len()).sum();
        let indexes: usize = schema.tables.values().map(|table| table.indexes.len()).sum();
        println!("tables {}\ncolumns {columns}\nindexes {indexes}", schema.tables.len());
    }
}
