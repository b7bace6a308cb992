//! Ctrl-C in the middle of a statement: exit 130, nothing half, and the next run goes on.

use std::{process::Command, time::Duration};

use arvel_migrate::testing::Engine;

use crate::project::Project;

/// A migration with a statement of two seconds.
pub(crate) fn slow(engine: Engine) -> String {
    let sleep = match engine.family {
        "postgres" => "INSERT INTO half SELECT 0 FROM pg_sleep(2)",
        "mysql" => "INSERT INTO half SELECT SLEEP(2)",
        _ => {
            "INSERT INTO half WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 8000000) \
             SELECT count(*) FROM c"
        }
    };
    format!("-- migrate:up\nCREATE TABLE half (n int);\n{sleep};\nCREATE TABLE rest (n int);\n")
}

#[test]
fn in_the_middle_of_a_statement() {
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project
            .applied(&["1_a"])
            .migration("2_slow", &slow(engine))
            .migration("3_last", &crate::project::table("3_last"));
        let before = project.state();
        let child = project.start(&["db", "migrate"]);
        match engine.family {
            "sqlite" => std::thread::sleep(Duration::from_millis(400)),
            _ => project.wait_for_a_migrator(),
        }
        std::thread::sleep(Duration::from_millis(400));
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        let output = child.wait_with_output().unwrap();
        project.note(&["db", "migrate"], &output);
        assert_eq!(output.status.code(), Some(130), "{}", project.transcript());
        let after = project.state();
        match engine.family {
            "mysql" => {
                assert_eq!(after.history, before.history, "{}", project.transcript());
                assert!(after.tables.contains(&"half 1".to_owned()), "{after:?}");
            }
            _ => assert_eq!(after, before, "{}", project.transcript()),
        }
        project.run(&["db", "status"], 0).run(&["db", "migrate"], 0);
        let tables = project.state().tables;
        for table in ["half 1", "rest 0", "last 0", "arvel_migration_steps 0"] {
            assert!(tables.iter().any(|found| found == table), "{}: {tables:?}", engine.family);
        }
        project.snapshot(&format!("in_the_middle_of_a_statement_{}", engine.family));
    }
}
