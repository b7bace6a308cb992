//! A migration that fails half-way: what the card says, and what is left, on each engine.

use arvel_migrate::testing::Engine;

use crate::project::Project;

const THIRD_FAILS: &str = "-- migrate:up\nCREATE TABLE b (id int);\nINSERT INTO b VALUES (1);\n\
                           INSERT INTO nowhere\n  VALUES (1);\nCREATE TABLE c (id int);\n-- migrate:down\n\
                           DROP TABLE c;\nDROP TABLE b;\n";

#[test]
fn the_third_statement_fails() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project.applied(&["1_a"]).migration("2_b", THIRD_FAILS);
        let before = project.state();
        project.run(&["db", "migrate"], 1);
        let after = project.state();
        assert_eq!(after.history, before.history);
        if engine == Engine::MYSQL {
            assert!(after.tables.contains(&"b 1".to_owned()), "{after:?}");
        } else {
            assert_eq!(after, before);
        }
        project.run(&["db", "status"], 0).run(&["db", "migrate", "--json"], 1);
        project.write("database/migrations/2_b.sql", &THIRD_FAILS.replace("nowhere", "a"));
        project.run(&["db", "migrate"], 0);
        let tables = project.state().tables;
        for table in ["a 1", "b 1", "c 0", "arvel_migration_steps 0"] {
            assert!(tables.iter().any(|found| found == table), "{}: {tables:?}", engine.family);
        }
        project.snapshot(&format!("the_third_statement_fails_{}", engine.family));
    }
}
