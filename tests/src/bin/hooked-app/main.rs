//! A program with hooks, a filter, a value for templates, and migrations in a nested folder. `ARVEL_TEST_HOOKS` names what
//! it has of them, so that one program is enough for all.

use arvel_core::App;
use arvel_migrate::{Hooks, Migrations};

#[path = "migrations/mod.rs"]
mod migrations;

fn hooks() -> Hooks {
    let wanted = std::env::var("ARVEL_TEST_HOOKS").unwrap_or_default();
    let mut hooks = Hooks::new().template_value("team", "billing");
    for word in wanted.split_whitespace() {
        hooks = match word {
            "audit" => hooks.after_step("audit", async |step, db| {
                let who = step.given.argument("who").unwrap_or("nobody");
                let what = format!("{} {} by {who}", step.slug, step.direction.as_str());
                db.execute(&format!("INSERT INTO deployments (what) VALUES ('{what}')"), &[]).await?;
                Ok(())
            }),
            "approval" => {
                hooks.before_step("approval", async |step, _| match step.given.argument("approved") {
                    Some(_) => Ok(()),
                    None => Err(format!("nobody approved `{}`: add `-x approved=NAME`", step.slug).into()),
                })
            }
            "closed" => hooks.before_run("closed", async |_, _| Err("no migrations on a Friday".into())),
            "skip-names" => hooks.filter(|migration, _| !migration.slug().ends_with("_names")),
            "skip-deployments" => hooks.filter(|migration, _| !migration.slug().ends_with("_deployments")),
            _ => hooks,
        };
    }
    hooks
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    App::new("app")
        .version("1.0.0")
        .plugin(Migrations::default().hooks(hooks()))
        .plugin(arvel_cli::DatabaseCommands)
        .run()
        .await
}
