//! `db doctor`: what is wrong, and what mends it. It changes nothing, whatever it finds.

use arvel_migrate::testing::Engine;

use crate::project::{Project, table};

#[test]
fn a_project_and_its_troubles() {
    let mut project = Project::new();
    project.refused(&["db", "doctor"], 0);
    for stem in ["1_a", "2_b", "3_c"] {
        project.write(&format!("database/migrations/{stem}.sql"), &table(stem));
    }
    project.refused(&["db", "doctor"], 0);
    project
        .run(&["make", "sync"], 0)
        .run(&["db", "migrate", "1_a", "-q"], 0)
        .run(&["db", "migrate", "3_c", "-q"], 0);
    project.refused(&["db", "doctor", "-q"], 0);
    // A fork, an edited file, a file that nobody lists, and one that is gone.
    project.write("database/migrations/4_d.sql", &format!("-- parents: 1_a\n{}", table("4_d")));
    project.write("database/migrations/1_a.sql", "-- migrate:up\nCREATE TABLE a (id int, more int);\n");
    std::fs::remove_file(project.at("database/migrations/3_c.sql")).unwrap();
    project
        .refused(&["db", "doctor", "-q", "--env", "production"], 1)
        .refused(&["db", "doctor", "--json"], 1);
    project.snapshot("a_project_and_its_troubles");
}

#[test]
fn a_configuration_and_a_graph_that_can_not_be_read() {
    let mut project = Project::new()
        .migration("1_a", &format!("-- parents: 9_nowhere\n{}", table("1_a")))
        .variable("DATABASE_URL", "postgres://app:secret@127.0.0.1:1/shop");
    project.refused(&["db", "doctor"], 1);
    project.write("arvel.toml", "[migrations]\nlate = \"sometimes\"\n");
    project.refused(&["db", "doctor"], 1).refused(&["db", "doctor", "--json"], 1);
    project.snapshot("a_configuration_and_a_graph_that_can_not_be_read");
}

fn on_a_server(engine: Engine) {
    let Some(mut project) = Project::on(engine) else { return };
    project = project.applied(&["1_a"]);
    project.run(&["make", "sync"], 0).refused(&["db", "doctor", "-q", "--json"], 0);
    let shown = project.transcript();
    for check in ["version", "rights", "history", "tls", "pooler", "bookkeeping", "environment", "migrations"]
    {
        assert!(shown.contains(&format!("\"check\": \"{check}\"")), "{check}: {shown}");
    }
    assert!(shown.contains("\"warned\": 0"), "{shown}");
}

#[test]
fn a_sound_server() {
    on_a_server(Engine::POSTGRES);
    on_a_server(Engine::MYSQL);
}
