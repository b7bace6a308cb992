//! The usual way, as the tutorial goes it.

use arvel_migrate::testing::Engine;

use crate::project::Project;

#[test]
fn up_and_down_again() {
    let mut project = Project::new()
        .migration(
            "1_users",
            "-- migrate:up\nCREATE TABLE users (id int);\n-- migrate:down\nDROP TABLE users;\n",
        )
        .migration(
            "2_posts",
            "-- migrate:up\nCREATE TABLE posts (id int);\n-- migrate:down\nDROP TABLE posts;\n",
        );
    project
        .refused(&["db", "status"], 0)
        .refused(&["db", "status", "--pending"], 8)
        .refused(&["db", "migrate", "--dry-run"], 0)
        .run(&["db", "migrate"], 0)
        .refused(&["db", "migrate"], 0)
        .refused(&["db", "status"], 0)
        .refused(&["db", "rollback", "--dry-run"], 0)
        .run(&["db", "rollback"], 0)
        .run(&["db", "migrate", "--step", "--json"], 0)
        .run(&["db", "downgrade", "users"], 0)
        .refused(&["db", "refresh", "--dry-run"], 0)
        .run(&["db", "refresh", "--yes"], 0)
        .run(&["db", "fresh", "--yes"], 0)
        .run(&["db", "reset", "--yes"], 0)
        .refused(&["db", "status", "--json"], 0);
    assert_eq!(project.state().history, [""; 0]);
    project.snapshot("up_and_down_again");
}

#[test]
fn inspected() {
    let text = "-- migrate:up\nCREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT, \"E mail\" varchar(190) NOT NULL);\n\
                CREATE TABLE posts (id integer PRIMARY KEY, user_id integer REFERENCES users (id) ON DELETE CASCADE, \
                title text NOT NULL DEFAULT 'x' CHECK (length(title) > 0), \
                short text GENERATED ALWAYS AS (substr(title, 1, 3)) VIRTUAL);\n\
                CREATE UNIQUE INDEX posts_title ON posts (title DESC) WHERE user_id IS NOT NULL;\n\
                CREATE VIEW titles AS SELECT title FROM posts;\n";
    let mut project = Project::new().migration("1_blog", text);
    project
        .run(&["db", "migrate"], 0)
        .refused(&["db", "inspect"], 0)
        .refused(&["db", "inspect", "posts"], 0)
        .refused(&["db", "inspect", "posts", "--json"], 0)
        .refused(&["db", "inspect", "post"], 2)
        .refused(&["db", "inspect", "nothing"], 2);
    project.snapshot("inspected");
}

#[test]
fn usage_and_configuration() {
    let mut project = Project::new().applied(&["1_users"]);
    project
        .refused(&["db", "migrat"], 2)
        .refused(&["db", "rollback", "--steps", "x"], 2)
        .refused(&["db", "--json", "migrat"], 2)
        .refused(&["db", "rollback", "--steps", "x", "--json"], 2)
        .refused(&["make", "migration", "--json"], 2)
        .refused(&["db", "--json"], 2)
        .refused(&["db", "status", "--env", "prodction"], 3);
    project.write("arvel.toml", "[migrations]\npaht = \"x\"\n");
    project.refused(&["db", "migrate"], 3).refused(&["db", "migrate", "--json"], 3);
    project.write("arvel.toml", "[migrations\n");
    project.refused(&["db", "migrate"], 3);
    project.snapshot("usage_and_configuration");
}

/// The example application on every engine: all up, all down, and up again.
#[test]
fn the_example_goes_both_ways() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project.of_the_example();
        project.run(&["db", "migrate"], 0).run(&["db", "reset", "--yes"], 0);
        let left = project.state();
        assert!(left.history.is_empty(), "{left:?}");
        assert!(left.tables.iter().all(|table| table.starts_with("arvel_")), "{left:?}");
        project.run(&["db", "migrate", "--seed"], 0).run(&["db", "status", "--pending"], 0);
        project.run(&["db", "fresh", "--seed", "--yes"], 0);
        if engine == Engine::SQLITE {
            project.snapshot("the_example_goes_both_ways");
        }
    }
}
