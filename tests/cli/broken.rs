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

/// Where statements commit by themselves: what has run can not be edited any more, and the two ways on lead on.
#[test]
fn a_half_applied_migration_is_edited() {
    let Some(project) = Project::on(Engine::MYSQL) else { return };
    let mut project = project.applied(&["1_a"]).migration("2_b", THIRD_FAILS);
    project.run(&["db", "migrate"], 1);
    project.write("database/migrations/2_b.sql", &THIRD_FAILS.replace("b (id int)", "b (id bigint)"));
    project.refused(&["db", "migrate"], 5).refused(&["db", "migrate", "--json"], 5);
    // By hand: what is left is not needed.
    project.run(&["db", "stamp", "2_b"], 0).run(&["db", "status"], 0);
    project.run(&["db", "rollback"], 1);
    let back = THIRD_FAILS.replace("DROP TABLE c", "DROP TABLE IF EXISTS c");
    project.write("database/migrations/2_b.sql", &back.replace("DROP TABLE b", "DROP TABLE other"));
    project.run(&["db", "rollback"], 1);
    project.write("database/migrations/2_b.sql", &back.replace("IF EXISTS c", "IF EXISTS d"));
    project.refused(&["db", "rollback"], 5);
    project.run(&["db", "stamp", "2_b-1"], 0).run(&["db", "status"], 0);
    let tables = project.state().tables;
    assert!(tables.contains(&"arvel_migration_steps 0".to_owned()), "{tables:?}");
    project.snapshot("a_half_applied_migration_is_edited");
}
