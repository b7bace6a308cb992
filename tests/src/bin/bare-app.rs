//! The example application without migrations of its own: a test puts SQL files into a folder and runs it there. The
//! packages are linked, so that there is something to publish.

use arvel_audit as _;
use arvel_auth as _;
use arvel_core::App;
use arvel_media as _;
use arvel_notifications as _;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    App::new("app")
        .version("1.0.0")
        .plugin(arvel_migrate::Migrations::default())
        .plugin(arvel_cli::DatabaseCommands)
        .run()
        .await
}
