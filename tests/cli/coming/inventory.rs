//! What the other systems have, command by command, so that no row is forgotten.

use super::Section;

/// The commands and options without a row. A row is about an option when it is typed with the command's name.
pub(super) fn missing(section: &Section) -> Vec<String> {
    let typed: Vec<Vec<&str>> =
        section.rows.iter().map(|row| row.typed.split_whitespace().collect()).collect();
    let has = |words: &[&str], option: &str| words.iter().any(|word| word.split('=').next() == Some(option));
    let mut missing = Vec::new();
    for (command, options) in section.inventory {
        let rows: Vec<&Vec<&str>> = typed.iter().filter(|words| has(words, command)).collect();
        if rows.is_empty() {
            missing.push((*command).to_owned());
        }
        let without = options.iter().filter(|option| !rows.iter().any(|words| has(words, option)));
        missing.extend(without.map(|option| format!("{command} {option}")));
    }
    missing
}

pub(super) const ALEMBIC: &[(&str, &[&str])] = &[
    ("alembic", &["--version", "-c", "-n", "-x", "--raiseerr", "-q"]),
    ("branches", &["-v"]),
    ("check", &[]),
    ("current", &["--check-heads", "-c", "-v"]),
    ("downgrade", &["--sql", "--tag"]),
    ("edit", &[]),
    ("ensure_version", &["--sql"]),
    ("heads", &["-v", "--resolve-dependencies"]),
    ("history", &["-r", "--rev-range", "-v", "-i", "--indicate-current"]),
    ("init", &["-t", "--package"]),
    ("list_templates", &[]),
    ("merge", &["-m", "--branch-label", "--rev-id", "--splice"]),
    (
        "revision",
        &[
            "-m",
            "--autogenerate",
            "--sql",
            "--head",
            "--splice",
            "--branch-label",
            "--version-path",
            "--rev-id",
            "--depends-on",
        ],
    ),
    ("show", &[]),
    ("stamp", &["--sql", "--purge", "--tag"]),
    ("upgrade", &["--sql", "--tag"]),
];

pub(super) const FLASK: &[(&str, &[&str])] = &[
    ("db", &["-d", "-x"]),
    ("branches", &["-v"]),
    ("check", &[]),
    ("current", &["-v"]),
    ("downgrade", &["--sql", "--tag", "-x"]),
    ("edit", &[]),
    ("heads", &["-v", "--resolve-dependencies"]),
    ("history", &["-r", "-v", "-i"]),
    ("init", &["-t", "--multidb", "--package"]),
    ("list-templates", &[]),
    ("merge", &["-m", "--branch-label", "--rev-id"]),
    ("migrate", &["-x", "-m", "--sql", "--head", "--splice", "--branch-label", "--version-path", "--rev-id"]),
    (
        "revision",
        &[
            "-m",
            "--autogenerate",
            "--sql",
            "--head",
            "--splice",
            "--branch-label",
            "--version-path",
            "--rev-id",
        ],
    ),
    ("show", &[]),
    ("stamp", &["--sql", "--purge", "--tag"]),
    ("upgrade", &["--sql", "--tag", "-x"]),
];

pub(super) const ELLAR: &[(&str, &[&str])] = &[
    ("db", &["-d"]),
    ("init", &["-m", "--multiple", "--package"]),
    (
        "revision",
        &[
            "-m",
            "--autogenerate",
            "--sql",
            "--head",
            "--splice",
            "--branch-label",
            "--version-path",
            "--rev-id",
        ],
    ),
    ("migrate", &["-x", "-m", "--sql", "--head", "--splice", "--branch-label", "--version-path", "--rev-id"]),
    ("edit", &[]),
    ("merge", &["-m", "--branch-label", "--rev-id"]),
    ("upgrade", &["--sql", "--tag", "-x"]),
    ("downgrade", &["--sql", "--tag", "-x"]),
    ("show", &[]),
    ("history", &["-r", "-v", "-i"]),
    ("heads", &["-v", "--resolve-dependencies"]),
    ("branches", &["-v"]),
    ("current", &["-v"]),
    ("stamp", &["--sql", "--tag"]),
    ("check", &[]),
];

pub(super) const FRAMEFOX: &[(&str, &[&str])] = &[
    ("create", &[]),
    ("drop", &[]),
    ("copy", &[]),
    ("create-migration", &[]),
    ("upgrade", &[]),
    ("downgrade", &["--steps"]),
    ("status", &[]),
    ("clear-migration", &[]),
    ("clear-metadata", &[]),
    ("diagram", &["--no-browser"]),
    ("setup_directories()", &[]),
    ("create_migration(message)", &[]),
    ("get_existing_migrations()", &[]),
    ("delete_migration(file)", &[]),
    ("create_alembic_version_table()", &[]),
    ("clear_alembic_version_table()", &[]),
    ("cleanup_migrations()", &[]),
    ("clear_all_migrations()", &[]),
];

pub(super) const LARAVEL: &[(&str, &[&str])] = &[
    (
        "migrate",
        &[
            "--database",
            "--force",
            "--path",
            "--realpath",
            "--schema-path",
            "--pretend",
            "--seed",
            "--seeder",
            "--step",
            "--graceful",
            "--isolated",
        ],
    ),
    (
        "migrate:fresh",
        &[
            "--database",
            "--drop-views",
            "--drop-types",
            "--force",
            "--path",
            "--realpath",
            "--schema-path",
            "--seed",
            "--seeder",
            "--step",
        ],
    ),
    ("migrate:refresh", &["--database", "--force", "--path", "--realpath", "--seed", "--seeder", "--step"]),
    ("migrate:reset", &["--database", "--force", "--path", "--realpath", "--pretend"]),
    (
        "migrate:rollback",
        &["--database", "--force", "--path", "--realpath", "--pretend", "--step", "--batch"],
    ),
    ("migrate:status", &["--database", "--pending", "--path", "--realpath"]),
    ("migrate:install", &["--database"]),
    ("make:migration", &["--create", "--table", "--path", "--realpath", "--fullpath"]),
    ("make:seeder", &[]),
    ("db", &["--read", "--write", "--pooled"]),
    ("db:show", &["--database", "--json", "--counts", "--views", "--types"]),
    ("db:table", &["--database", "--json"]),
    ("db:monitor", &["--databases", "--max"]),
    ("db:wipe", &["--database", "--drop-views", "--drop-types", "--force"]),
    ("db:seed", &["--database", "--class", "--force"]),
    ("schema:dump", &["--database", "--path", "--prune", "--without-migration-data"]),
    ("vendor:publish", &["--existing", "--force", "--all", "--provider", "--tag"]),
    ("stub:publish", &[]),
];
