//! Serves the application, or runs one of its commands.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    example_app::app().run().await
}
