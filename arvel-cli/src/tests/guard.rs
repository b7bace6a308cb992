//! The guard, fired from the command line.

use super::*;

#[tokio::test]
async fn the_guard_fires_from_the_command_line() {
    let production = || Project::new().variable("ARVEL_ENV", "production");
    let commands = [
        "db fresh",
        "db wipe",
        "db reset",
        "db refresh",
        "db rollback",
        "db rollback --steps all",
        "db downgrade base",
        "db drop",
        "db seed",
        "db migrate --seed",
    ];
    for command in commands {
        // No terminal: refused, and nothing is done.
        let project = production();
        project.ok("db migrate").await;
        let ran = project.run(command).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains("production guard"), "{}", ran.err);
        assert!(ran.err.contains("--force"), "{}", ran.err);
        assert_eq!(project.states().await, ["create_users_table applied", "create_posts_table applied"]);

        // The stamp in the database speaks when the process does not, and `--yes` is no consent.
        let project = Project { variables: Vec::new(), ..project };
        let ran = project.run(&format!("{command} --yes")).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        assert!(ran.err.contains("the database is stamped `production`"), "{}", ran.err);

        // A terminal: another name refuses, the right one goes on.
        let project = project.typing("app");
        let ran = project.run(command).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        for shown in
            ["driver       SQLite", "app.db", "development (process), production (stamp", "type `app.db`"]
        {
            assert!(ran.err.contains(shown), "{shown}: {}", ran.err);
        }
        let project = project.typing("app.db");
        project.ok(command).await;

        let project = production();
        project.ok("db migrate").await;
        project.ok(&format!("{command} --force")).await;
    }
}

#[tokio::test]
async fn what_is_prohibited_stays_prohibited() {
    let project = Project::new().file("arvel.toml", "[migrations]\nprohibit_destructive = true\n");
    project.ok("db migrate").await;
    for command in ["fresh", "wipe", "reset", "refresh", "drop", "rollback --steps all", "downgrade base"] {
        let ran = project.run(&format!("db {command} --force")).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        assert!(ran.err.contains("`migrations.prohibit_destructive` (`arvel.toml` line 2)"), "{}", ran.err);
    }
    project.ok("db rollback").await;
    for command in ["fresh", "wipe", "reset", "refresh", "drop"] {
        project.ok(&format!("db {command} --dry-run")).await;
    }
}
