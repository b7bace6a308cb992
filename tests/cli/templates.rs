//! How new files look and are named, and what is run on them.

use std::{fs, path::PathBuf};

use crate::project::{Project, table};

const CREATE: &str = "//! {{ name }}, of team {{ team }}: the table `{{ table }}`\nuse arvel_migrate::prelude::*;\n\n{{ declaration }}\n\n\
                      fn up(schema: &mut Schema) {\n    {{ up }}\n}\n\nfn down(schema: &mut Schema) {\n    {{ down }}\n}\n";
const AUDIT: &str = "{{ header }}\n-- migrate:up\nINSERT INTO audit VALUES ('{{ revision }}');\n";

/// The files of a folder and of those in it, but lists.
fn files(project: &Project, folder: &str) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![project.at(folder)]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => open.push(path),
                false if path.file_name().unwrap() != "mod.rs" => found.push(path),
                false => {}
            }
        }
    }
    found.sort();
    found
}

fn texts(project: &Project) -> Vec<String> {
    files(project, "database/migrations").iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn the_projects_own_templates_are_used() {
    let mut project = Project::new()
        .of_hooks()
        .file("database/templates/create.rs", CREATE)
        .file("database/templates/audit.sql", AUDIT)
        .file("database/templates/seeder.rs", "// {{ team }}\nseeder! { name: \"{{ name }}\", run }\n")
        .file("database/templates/notes.md", "nobody's");
    project
        .run(&["db", "list-templates"], 0)
        .run(&["make", "migration", "create_posts_table", "title:string"], 0)
        .run(&["db", "revision", "-m", "Look at it!", "--template", "audit", "--label", "audit"], 0)
        .run(&["make", "migration", "tidy_up", "--dry-run"], 0)
        .run(&["make", "migration", "tidy_up", "--template", "blank", "--dry-run", "-q"], 0)
        .run(&["make", "seeder", "demo", "--dry-run"], 0)
        .run(&["db", "list-templates", "--json"], 0);
    project.snapshot("the_projects_own_templates_are_used");
    let texts = texts(&project);
    assert!(
        texts[0].starts_with("//! create_posts_table, of team billing: the table `posts`\n"),
        "{}",
        texts[0]
    );
    assert!(
        texts[0].contains("    schema.create(\"posts\", |table| {\n        table.id();\n"),
        "{}",
        texts[0]
    );
    assert!(
        texts[1].starts_with("-- labels: audit\n-- description: Look at it!\n-- migrate:up\n"),
        "{}",
        texts[1]
    );
}

#[test]
fn a_template_that_makes_no_migration_writes_nothing() {
    let mut project = Project::new();
    let blank = |project: &Project, text: &str| project.write("database/templates/blank.rs", text);
    let make = ["make", "migration", "tidy_up"];
    blank(&project, &CREATE.replace("{{ table }}", "{{ tabel }}"));
    project.refused(&make, 3);
    blank(
        &project,
        "use arvel_migrate::prelude::*;\n\n{{ declaration }}\n\nfn up(schema: &mut Schema) {\n    {{ up }}\n",
    );
    project.refused(&make, 3);
    blank(&project, "fn up() {}\nfn down() {}\n");
    project.refused(&make, 3);
    blank(&project, "{{ declaration }}\nfn up() {}\n");
    project.refused(&make, 3);
    blank(&project, "migration! { up }\nfn up() {}\n");
    project.refused(&["make", "migration", "tidy_up", "--label", "shop"], 3).run(&make, 0);
    project.refused(&["make", "migration", "more", "--template", "adit"], 2);
    project.refused(&["make", "migration", "more", "--template", "create"], 2);
    project.write("database/templates/sql.sql", "-- migrate:up\n");
    project.refused(&["make", "migration", "more", "--sql", "--json"], 3);
    project.write("arvel.toml", "[migrations]\ntemplates = \"database/nowhere\"\n");
    project.refused(&["make", "migration", "more"], 3).refused(&["db", "list-templates"], 3);
    project.run(&["db", "status"], 0);
    project.snapshot("a_template_that_makes_no_migration_writes_nothing");
}

#[test]
fn commands_are_run_on_what_was_written() {
    let note = "[\"sh\", \"-c\", \"echo seen ${1##*/}; echo '-- seen' >> $1\", \"sh\", \"{file}\"]";
    let config = format!(
        "[migrations]\nafter_write = [\n  {{ run = {note}, files = \"sql\" }},\n  \
         {{ run = [\"rustfmt\", \"--edition\", \"2024\", \"{{file}}\"], files = \"rs\" }},\n]\n"
    );
    let mut project = Project::new()
        .file("arvel.toml", &config)
        .file(
            "database/templates/blank.rs",
            "migration!   { up }\nfn up(schema:&mut Schema){ let _=schema; }\n",
        )
        .migration("1_a", &format!("-- parents: none\n{}", table("1_a")))
        .migration("2_b", &format!("-- parents: none\n{}", table("2_b")));
    project
        .run(&["make", "migration", "add_c", "--sql"], 0)
        .run(&["make", "migration", "tidy_up"], 0)
        .run(&["db", "revision", "-m", "add d", "--sql", "--json"], 0)
        .run(&["db", "merge", "1_a", "2_b", "--splice", "--sql", "-q"], 0);
    let texts = texts(&project);
    assert_eq!(texts.iter().filter(|text| text.ends_with("-- seen\n")).count(), 3, "{texts:?}");
    assert!(
        texts.iter().any(|text| text.starts_with("migration! { up }\nfn up(schema: &mut Schema) {\n")),
        "{texts:?}"
    );
    project.snapshot("commands_are_run_on_what_was_written");
}

#[test]
fn a_command_that_fails_leaves_the_file() {
    let mut project = Project::new();
    let with = |project: &Project, commands: &str| {
        project.write("arvel.toml", &format!("[migrations]\nafter_write = {commands}\n"));
    };
    with(&project, "[[\"sh\", \"-c\", \"echo this is no SQL >&2; exit 3\", \"{file}\"]]");
    project
        .run(&["make", "migration", "one", "--sql"], 1)
        .run(&["db", "revision", "-m", "two", "--sql", "--json"], 1);
    with(&project, "[[\"no-such-formatter\", \"--write\", \"{file}\"]]");
    project.run(&["make", "migration", "three", "--sql", "-q"], 1);
    project.run(&["db", "publish", "--package", "arvel-audit"], 1);
    assert_eq!(files(&project, "database/migrations").len(), 4, "they stay");
    project.run(&["make", "sync"], 0);
    for commands in
        ["\"rustfmt {file}\"", "[[\"rustfmt\"]]", "[[]]", "[{ run = [\"x\", \"{file}\"], files = \"toml\" }]"]
    {
        with(&project, commands);
        project.refused(&["make", "migration", "four", "--sql"], 3).refused(&["db", "status"], 3);
    }
    project.snapshot("a_command_that_fails_leaves_the_file");
}

#[test]
fn names_are_by_the_projects_template() {
    let mut project = Project::new();
    let with = |project: &Project, template: &str| {
        project.write("arvel.toml", &format!("[migrations]\nfile_template = \"{template}\"\n"));
    };
    with(&project, "{year}/{month}/{stamp}_{slug}");
    project
        .run(&["make", "migration", "create_a_table", "--sql"], 0)
        .run(&["db", "revision", "-m", "b", "--sql"], 0)
        .run(&["db", "publish", "--package", "arvel-audit"], 0);
    let made = files(&project, "database/migrations");
    assert_eq!(made.len(), 3);
    let root = project.at("database/migrations");
    for file in &made {
        let name = file.strip_prefix(&root).unwrap().to_str().unwrap();
        let (folder, stem) = name.rsplit_once('/').unwrap();
        assert_eq!(folder, stem[..7].replace('_', "/"), "{name}");
        assert!(fs::read_to_string(root.join("mod.rs")).unwrap().contains(&format!("\"{name}\"")), "{name}");
    }
    // What the folder has sorts before what another form of names would make.
    with(&project, "{epoch}_{slug}");
    project.refused(&["make", "migration", "c", "--sql"], 3);
    assert!(project.transcript().contains("named in another way"), "{}", project.transcript());

    let mut project = Project::new();
    with(&project, "{epoch}_{rev}_{slug}");
    project
        .run(&["make", "migration", "first", "--sql"], 0)
        .run(&["make", "migration", "second", "--sql", "--rev-id", "ab12"], 0)
        .run(&["make", "migration", "third", "--sql", "--head", "ab12"], 0);
    let made = files(&project, "database/migrations");
    let text = fs::read_to_string(&made[0]).unwrap();
    let revision = text.lines().next().unwrap().strip_prefix("-- revision: ").unwrap();
    assert!(made[0].to_str().unwrap().ends_with(&format!("_{revision}_first.sql")), "{made:?}");
    assert!(made[1].to_str().unwrap().ends_with("_ab12_second.sql"), "{made:?}");
    assert!(fs::read_to_string(&made[2]).unwrap().contains("-- parents: ab12\n"));
}

#[test]
fn bad_names_and_time_zones_are_refused() {
    let mut project = Project::new().migration("1_a", &table("1_a"));
    for template in [
        "{stamp}",
        "{stamp}-{slug}",
        "{day}{month}{year}_{slug}",
        "{stamp}_{sulg}",
        "../{stamp}_{slug}",
        "{stamp}_{slug",
    ] {
        project.write("arvel.toml", &format!("[migrations]\nfile_template = \"{template}\"\n"));
        project.refused(&["make", "migration", "more", "--sql"], 3);
    }
    project.write("arvel.toml", "[migrations]\ntimezone = \"Mars/Olympus\"\n");
    project
        .refused(&["make", "migration", "more", "--sql"], 3)
        .refused(&["db", "publish"], 3)
        .run(&["make", "seeder", "demo"], 0)
        .run(&["db", "migrate"], 0);
    project.write("arvel.toml", "[migrations]\ntimezone = 3\n");
    project.refused(&["make", "migration", "more", "--sql"], 3);
    project.write("arvel.toml", "[migrations]\ntimezone = \"Asia/Tokyo\"\n");
    project.run(&["make", "migration", "more", "--sql"], 0);
    project.snapshot("bad_names_and_time_zones_are_refused");
}

#[test]
fn the_built_in_templates_are_published() {
    let mut project = Project::new();
    project.refused(&["db", "publish", "--stubs", "--list"], 0).run(&["db", "publish", "--stubs"], 0);
    project.write("database/templates/blank.rs", "// ours\n{{ declaration }}\nfn up() {}\nfn down() {}\n");
    project
        .refused(&["db", "publish", "--stubs"], 0)
        .run(&["make", "migration", "create_posts_table", "title:string"], 0)
        .run(&["db", "publish", "--stubs", "--force"], 0)
        .refused(&["db", "publish", "--stubs", "--package", "arvel-auth"], 2);
    let names = files(&project, "database/templates").into_iter();
    let names: Vec<_> = names.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(
        names,
        ["add.rs", "blank.rs", "blank.rs.bak", "create.rs", "merge.rs", "remove.rs", "seeder.rs", "sql.sql"]
    );
    project.snapshot("the_built_in_templates_are_published");
}
