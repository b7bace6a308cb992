//! The guard, compiled, in folders that it must let pass and in others.

use std::{fs, path::Path, process::Command, sync::OnceLock};

/// The guard, compiled once.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: OnceLock<(tempfile::TempDir, std::path::PathBuf)> = OnceLock::new();
    let (_, program) = PROGRAM.get_or_init(|| {
        let home = tempfile::tempdir().expect("folder");
        let (source, program) = (home.path().join("build.rs"), home.path().join("guard"));
        fs::write(&source, super::BUILD_RS).expect("written");
        let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
        let built = Command::new(rustc)
            .args(["--edition", "2024", "-D", "warnings", "-o"])
            .args([&program, &source])
            .status();
        assert!(built.expect("rustc").success());
        (home, program)
    });
    program
}

/// Runs the guard in a folder: whether it succeeds is for cargo, what it prints is ours.
pub(crate) fn guard(program: &Path, project: &Path) -> Vec<String> {
    let output = Command::new(program).current_dir(project).output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().filter_map(|line| line.strip_prefix("cargo::error=")).map(str::to_owned).collect()
}

#[test]
fn unlisted_and_missing_files_fail_the_build_with_the_line_to_paste() {
    let home = tempfile::tempdir().expect("folder");
    assert_eq!(guard(program(), home.path()), [""; 0], "absent folders are fine");

    let (migrations, seeders) =
        (home.path().join("database/migrations"), home.path().join("database/seeders"));
    fs::create_dir_all(&migrations).expect("made");
    fs::create_dir_all(&seeders).expect("made");
    for name in ["1_A.b.rs", "2_b.sql", "3_c.up.sql", "3_c.down.sql", "4_d.rs", ".hidden.rs", "note.md"] {
        fs::write(migrations.join(name), "").expect("written");
    }
    fs::write(seeders.join("users.rs"), "").expect("written");
    fs::write(migrations.join(".publishing"), "4_d.rs sha256:00\n").expect("written");
    fs::write(
        migrations.join("mod.rs"),
        "// #[path = \"1_A.b.rs\"]\n#[path = \"9_gone.rs\"]\nmod m_9_gone;\n",
    )
    .expect("written");
    let reporting = home.path().join("database/reporting");
    fs::create_dir_all(&reporting).expect("made");
    fs::write(reporting.join("mod.rs"), "arvel_migrate::line!(\"database:reporting\");\n").expect("written");
    fs::write(reporting.join("1_a.sql"), "").expect("written");
    let mut errors = guard(program(), home.path());
    errors.sort();
    let expected = [
        "`database/migrations/1_A.b.rs` is not listed in `database/migrations/mod.rs` and would never run; run `arvel make sync`, or add: #[path = \"1_A.b.rs\"] mod m_1_a_b;",
        "`database/migrations/2_b.sql` is not listed in `database/migrations/mod.rs` and would never run; run `arvel make sync`, or add: arvel_migrate::sql!(\"2_b.sql\");",
        "`database/migrations/3_c.down.sql` is not listed in `database/migrations/mod.rs` and would never run; run `arvel make sync`, or add: arvel_migrate::sql!(\"3_c.up.sql\", \"3_c.down.sql\");",
        "`database/migrations/3_c.up.sql` is not listed in `database/migrations/mod.rs` and would never run; run `arvel make sync`, or add: arvel_migrate::sql!(\"3_c.up.sql\", \"3_c.down.sql\");",
        "`database/migrations/mod.rs` lists `9_gone.rs`, which is not there; run `arvel make sync`, or take the line out",
        "`database/reporting/1_a.sql` is not listed in `database/reporting/mod.rs` and would never run; run `arvel make sync`, or add: arvel_migrate::sql!(\"1_a.sql\");",
        "`database/seeders/users.rs` is not listed in `database/seeders/mod.rs` and would never run; run `arvel make sync`, or add: #[path = \"users.rs\"] mod users;",
    ];
    assert_eq!(errors, expected);

    for (folder, kind) in [
        (&migrations, crate::project::FolderKind::migrations()),
        (&reporting, crate::project::FolderKind::Migrations { line: "database:reporting".to_owned() }),
        (&seeders, crate::project::FolderKind::Seeders),
    ] {
        let names: Vec<String> = fs::read_dir(folder)
            .expect("read")
            .map(|entry| entry.expect("entry").file_name().into_string().expect("UTF-8"))
            .collect();
        let module = super::super::render_module(None, &names, &kind).expect("rendered");
        fs::write(folder.join("mod.rs"), module.text).expect("written");
    }
    assert_eq!(guard(program(), home.path()), [""; 0], "what `sync` writes passes");
}
