//! The measured program: an application without migrations of its own, whose commands read a folder.

use arvel_core::App;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    App::new("app")
        .plugin(arvel_migrate::Migrations::default())
        .plugin(arvel_cli::DatabaseCommands)
        .run()
        .await
}
