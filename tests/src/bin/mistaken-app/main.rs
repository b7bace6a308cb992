//! A program whose second migration is the mistake that `MISTAKE` names, each the way that a person would write it.

use arvel_core::App;

arvel_migrate::line!("default");

#[path = "1_before.rs"]
mod m_1_before;
#[path = "2_mistake.rs"]
mod m_2_mistake;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    App::new("app")
        .version("1.0.0")
        .plugin(arvel_migrate::Migrations::default())
        .plugin(arvel_cli::DatabaseCommands)
        .run()
        .await
}
