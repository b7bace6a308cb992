//! The example application, as its own binary starts it: cargo tells a test only of binaries of its own package.

#[tokio::main]
async fn main() -> std::process::ExitCode {
    example_app::app().run().await
}
