//! An application that is a package too: version 0.1.0 of it raised a stub of 0.0.9, and ships what brings the old shape to
//! the new one. Its stubs are SQL, so that a test applies what it publishes.

use arvel_core::App;

arvel_migrate::bundle! {
    create_members_table => sql "stubs/create_members_table.sql" formerly ["former/create_members_table_0_0_9.sql"],
    add_locale_to_members => sql "stubs/add_locale_to_members.sql" follows create_members_table since "0.1.0",
    create_badges_table => sql "stubs/create_badges_table.sql" after [create_members_table],
}

#[tokio::main]
async fn main() -> std::process::ExitCode {
    App::new("app")
        .version("1.0.0")
        .plugin(arvel_migrate::Migrations::default())
        .plugin(arvel_cli::DatabaseCommands)
        .run()
        .await
}
