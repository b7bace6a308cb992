//! Framefox: its `database` commands and the methods of its `AlembicManager`.

use super::{Section, World::*, inventory, not, not_yet, same};

pub(super) fn section() -> Section {
    Section {
        title: "Framefox",
        about: "The commands of `framefox database`, and below them the methods of `AlembicManager`. Their errors end with exit code 0 \
                there; here each has its own.",
        rows: vec![
            same("framefox database create", "db create")
                .at(Pending)
                .shows("created the database")
                .note("`db migrate` makes a SQLite file by itself"),
            same("framefox database drop", "db drop --yes")
                .changes()
                .shows("dropped the database")
                .note("in production it asks for the name"),
            not(
                "framefox database copy",
                "db copy",
                "tables come from migrations only, so that every database has the same; `db fresh` makes them all",
            ),
            not_yet("framefox database create-migration", "db revision --autogenerate -m x")
                .note("the files are named: `make migration create_posts_table title:string`"),
            same("framefox database upgrade", "db upgrade").at(Pending).applied(&["users", "posts", "tags"]),
            same("framefox database downgrade", "db downgrade").applied(&["users", "posts"]),
            same("framefox database downgrade --steps 2", "db rollback --steps 2").applied(&["users"]),
            same("framefox database downgrade --steps 0", "db downgrade base")
                .applied(&[])
                .note("also `db reset`"),
            same("framefox database status", "db status")
                .shows("3_tags")
                .note("also while something is pending, where it fails there"),
            same("framefox database clear-migration", "db clear --history --files --force")
                .removes("database/migrations/3_tags.sql")
                .applied(&[])
                .note("asks for the name of the folder; the tables stay"),
            not(
                "framefox database clear-metadata",
                "db clear --metadata",
                "there is no metadata beside the migrations and the database",
            ),
            not(
                "framefox database diagram",
                "db diagram",
                "`db inspect --json` has tables, columns and keys; `db history --format mermaid` draws the migrations",
            ),
            not("framefox database diagram --no-browser", "db inspect --no-browser", "as above"),
            same("setup_directories()", "db init").at(Empty).writes("database/migrations/mod.rs"),
            same("setup_templates()", "db list-templates").shows("template").note("they are built in"),
            same("create_migration(message)", "db revision -m \"add tags\"").writes("_add_tags.rs"),
            same("upgrade(revision=\"head\")", "db upgrade head")
                .at(Pending)
                .applied(&["users", "posts", "tags"]),
            same("downgrade(revision)", "db downgrade 1_users").applied(&["users"]),
            same("get_existing_migrations()", "db history").shows("3_tags (head)"),
            same("get_migration_content(file)", "db show 3_tags").shows("database/migrations/3_tags.sql"),
            same("delete_migration(file)", "db delete 3_tags --force")
                .at(Pending)
                .removes("database/migrations/3_tags.sql"),
            same("create_alembic_version_table()", "db ensure-version")
                .at(Created)
                .changes()
                .shows("made the tables"),
            same("clear_alembic_version_table()", "db clear --history --force").applied(&[]),
            same("cleanup_migrations()", "db clear --files --force")
                .at(Pending)
                .removes("database/migrations/1_users.sql")
                .note("refused while one of them is applied"),
            same("clear_all_migrations()", "db clear --history --files --force")
                .removes("database/migrations/1_users.sql")
                .applied(&[]),
        ],
        inventory: inventory::FRAMEFOX,
    }
}
