//! Two authors. Nobody can log in as them: `!` is no hash of any password.

use arvel_migrate::prelude::*;

seeder! { name: "users", environments: [development, testing], run }

async fn run(db: &mut Db) -> DataResult {
    let (one, two) = (db.placeholder(1), db.placeholder(2));
    for (name, email) in [("Ada Lovelace", "ada@example.com"), ("Grace Hopper", "grace@example.com")] {
        let find = format!("SELECT id FROM users WHERE email = {one}");
        if db.fetch_one(&find, &[email.into()]).await?.is_some() {
            continue;
        }
        let insert = format!("INSERT INTO users (name, email, password) VALUES ({one}, {two}, '!')");
        db.execute(&insert, &[name.into(), email.into()]).await?;
    }
    Ok(())
}
