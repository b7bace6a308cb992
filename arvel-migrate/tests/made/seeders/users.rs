use arvel_migrate::prelude::*;

seeder! { name: "users", run }

async fn run(db: &mut Db) -> DataResult {
    let _ = db; // replace this line by what the seeder inserts
    Ok(())
}
