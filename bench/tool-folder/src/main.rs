//! sqlx's own migrator on a folder that is read at run time, as sqlx-cli does: `<verb> <url> <folder>`.

use std::{borrow::Cow, collections::HashMap, path::Path};

use sqlx::{
    Connection, SqliteConnection,
    migrate::{Migrate, Migrator},
};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [verb, url, folder] = args.as_slice() else { panic!("<verb> <url> <folder>") };
    let migrator = Migrator::new(Path::new(folder)).await.expect("a folder of migrations");
    let mut connection = SqliteConnection::connect(url).await.expect("connected");
    match verb.as_str() {
        "stamp" => migrator.skip(&mut connection, None).await.expect("stamped"),
        "run" => migrator.run(&mut connection).await.expect("migrated"),
        // `sqlx migrate info`
        "info" => {
            let table = Cow::Borrowed("_sqlx_migrations");
            let applied = connection.list_applied_migrations(&table).await.expect("the rows");
            let applied: HashMap<i64, _> = applied.into_iter().map(|row| (row.version, row)).collect();
            for migration in migrator.iter() {
                let state = match applied.get(&migration.version) {
                    Some(row) if row.checksum == migration.checksum => "installed",
                    Some(_) => "installed (different checksum)",
                    None => "pending",
                };
                println!("{}/{state} {}", migration.version, migration.description);
            }
        }
        other => panic!("no verb {other}"),
    }
    connection.close().await.expect("closed");
}
