//! Laravel 13: the groups `migrate`, `db`, `schema`, and what makes and publishes migrations.

use super::{Row, Section, World::*, inventory, not, same};

const NO_REALPATH: &str = "`--path` takes a path from the current folder, from the root, or a whole one";
const NO_DUMP: &str = "a new database runs the migrations; an old one that was made otherwise is taken over with `db stamp heads`";
const NO_DROPS: &str = "`db fresh` and `db wipe` drop views, types, sequences and routines always";

pub(super) fn section() -> Section {
    let rows =
        migrate().into_iter().chain(undo()).chain(files()).chain(database()).chain(another()).collect();
    Section {
        title: "Laravel",
        about: "Of version 13. `php artisan` is `app`, and the colon is a space after `db`: `migrate:rollback` is `db rollback`. \
                Commands ask in production as there; without a terminal they end with exit code 7 unless `--force` is given.",
        rows,
        inventory: inventory::LARAVEL,
    }
}

fn migrate() -> Vec<Row> {
    let all: &'static [&'static str] = &["users", "posts", "tags"];
    vec![
        same("php artisan migrate", "db migrate").at(Pending).applied(all),
        same("php artisan migrate --force", "db migrate --force --env production")
            .at(Pending)
            .applied(all)
            .note("`db migrate` asks for nothing, in production either; the word is taken"),
        same("php artisan migrate --pretend", "db migrate --pretend")
            .at(Pending)
            .shows("CREATE TABLE tags")
            .note("nothing is written, the history neither"),
        same("php artisan migrate --step", "db migrate --step")
            .at(Pending)
            .applied(all)
            .note("a batch for each migration"),
        same("php artisan migrate --seed", "db migrate --seed").at(Example).changes().shows("seeded"),
        same("php artisan migrate --seeder=Users", "db migrate --seeder=users")
            .at(Example)
            .changes()
            .shows("seeded users"),
        same("php artisan migrate --seeder=Nobody", "db migrate --seeder=nobody")
            .at(Pending)
            .exit(2)
            .shows("nobody")
            .note("a wrong name is refused before anything runs"),
        same("php artisan migrate --path=database/migrations", "db migrate --path=database/migrations")
            .at(Pending)
            .applied(all)
            .note("selects: what else is known stays known"),
        not("php artisan migrate --realpath --path=/srv", "db migrate --realpath --path=/srv", NO_REALPATH),
        not("php artisan migrate --schema-path=dump.sql", "db migrate --schema-path=dump.sql", NO_DUMP),
        not(
            "php artisan migrate --graceful",
            "db migrate --graceful",
            "a failure has an exit code; `|| true` ignores it where you want that",
        ),
        same("php artisan migrate --isolated", "db migrate")
            .at(Pending)
            .applied(all)
            .note("always: a second migrator waits; with `--no-wait` it ends with exit code 6"),
        same("php artisan migrate:install", "db install").at(Created).changes().shows("made the tables"),
        same("php artisan migrate:status", "db status").shows("applied"),
        same("php artisan migrate:status --pending", "db status --pending")
            .at(Pending)
            .exit(8)
            .shows("3 pending")
            .note("ends with exit code 8 when there is something"),
        same("php artisan migrate:status --pending=5", "db status --pending=5")
            .at(Pending)
            .exit(5)
            .shows("3 pending"),
        same("php artisan migrate:status --path=database/migrations", "db status --path=database/migrations")
            .shows("3_tags"),
        not("php artisan migrate:status --realpath", "db status --realpath", NO_REALPATH),
        same("php artisan migrate:fresh", "db fresh").applied(all),
        same("php artisan migrate:fresh --force", "db fresh --force --env production").applied(all),
        same("php artisan migrate:fresh --seed", "db fresh --seed").at(Example).changes().shows("seeded"),
        same("php artisan migrate:fresh --seeder=Users", "db fresh --seeder=users")
            .at(Example)
            .changes()
            .shows("seeded users"),
        not("php artisan migrate:fresh --drop-views --drop-types", "db fresh --drop-views", NO_DROPS),
        not("php artisan migrate:fresh --step", "db fresh --step", "`db wipe`, then `db migrate --step`"),
        same("php artisan migrate:fresh --path=database/migrations", "db fresh --path=database/migrations")
            .applied(all),
        not("php artisan migrate:fresh --realpath --schema-path=x", "db fresh --realpath", NO_REALPATH),
    ]
}

fn undo() -> Vec<Row> {
    let all: &'static [&'static str] = &["users", "posts", "tags"];
    vec![
        same("php artisan migrate:rollback", "db rollback --batch")
            .applied(&[])
            .note("`db rollback` alone undoes the last migration, not its whole batch"),
        same("php artisan migrate:rollback --step=2", "db rollback --step=2").applied(&["users"]),
        same("php artisan migrate:rollback --batch=1", "db rollback --batch=1").applied(&[]),
        same("php artisan migrate:rollback --pretend", "db rollback --batch --pretend")
            .shows("DROP TABLE users"),
        same("php artisan migrate:rollback --force", "db rollback --batch --force --env production")
            .applied(&[]),
        same(
            "php artisan migrate:rollback --path=database/migrations",
            "db rollback --path=database/migrations",
        )
        .applied(&["users", "posts"]),
        not("php artisan migrate:rollback --realpath", "db rollback --realpath", NO_REALPATH),
        same("php artisan migrate:reset", "db reset").applied(&[]),
        same("php artisan migrate:reset --force", "db reset --force --env production").applied(&[]),
        same("php artisan migrate:reset --force", "db reset --env production")
            .exit(7)
            .shows("production")
            .note("without it: exit code 7"),
        same("php artisan migrate:reset --pretend", "db reset --pretend").shows("DROP TABLE users"),
        same("php artisan migrate:reset --path=database/migrations", "db reset --path=database/migrations")
            .applied(&[]),
        not("php artisan migrate:reset --realpath", "db reset --realpath", NO_REALPATH),
        same("php artisan migrate:refresh", "db refresh").applied(all),
        same("php artisan migrate:refresh --step=1", "db refresh --step=1").applied(all),
        same("php artisan migrate:refresh --force", "db refresh --force --env production").applied(all),
        same("php artisan migrate:refresh --seed", "db refresh --seed").at(Example).changes().shows("seeded"),
        same("php artisan migrate:refresh --seeder=Users", "db refresh --seeder=users")
            .at(Example)
            .changes()
            .shows("seeded users"),
        same(
            "php artisan migrate:refresh --path=database/migrations",
            "db refresh --path=database/migrations",
        )
        .applied(all),
        not("php artisan migrate:refresh --realpath", "db refresh --realpath", NO_REALPATH),
    ]
}

fn files() -> Vec<Row> {
    vec![
        same("php artisan make:migration create_flights_table", "make migration create_flights_table")
            .writes("_create_flights_table.rs"),
        same("php artisan make:migration x --create=flights", "make migration x --create=flights")
            .writes("_x.rs"),
        same("php artisan make:migration x --table=users", "make migration x --table=users").writes("_x.rs"),
        same(
            "php artisan make:migration x --path=database/migrations",
            "make migration x --path=database/migrations",
        )
        .writes("_x.rs"),
        not("php artisan make:migration x --realpath --fullpath", "make migration x --realpath", NO_REALPATH),
        same("php artisan make:seeder demo_posts", "make seeder demo_posts")
            .writes("database/seeders/demo_posts.rs"),
        same("php artisan vendor:publish --all", "db publish").at(Empty).writes("_create_users_table.rs"),
        same("php artisan vendor:publish --provider=AuthServiceProvider", "db publish --package arvel-auth")
            .at(Empty)
            .writes("_create_users_table.rs"),
        same(
            "php artisan vendor:publish --tag=auth-migrations",
            "db publish --only arvel-auth/create_users_table",
        )
        .at(Empty)
        .writes("_create_users_table.rs")
        .note("a stub by its name; `db publish --list` shows them"),
        same("php artisan vendor:publish --force", "db publish --package arvel-auth --force")
            .at(Empty)
            .writes("_create_users_table.rs")
            .note("a backup of what it overwrites is kept"),
        same(
            "php artisan vendor:publish --existing",
            "db publish --package arvel-auth --update --assume-unapplied",
        )
        .at(Empty)
        .writes("_create_users_table.rs")
        .note("takes over what changed upstream where you changed nothing; new ones come too"),
        same("php artisan stub:publish", "db publish --stubs")
            .writes("create.rs")
            .note("into `database/templates`; `db list-templates` shows which are yours"),
        same("php artisan stub:publish --force", "db publish --stubs --force")
            .writes("create.rs")
            .note("a backup of what it overwrites is kept"),
    ]
}

fn database() -> Vec<Row> {
    let no_client = "the database's own client is `psql`, `mariadb` or `sqlite3`; `db doctor` says which database is meant";
    vec![
        not("php artisan db", "db", no_client),
        not(
            "php artisan db --read --write --pooled",
            "db --read",
            "for another role, or a way round a pooler, there is `databases.*.migrate_url`",
        ),
        same("php artisan db:show", "db inspect").shows("users"),
        same("php artisan db:show --json", "db inspect --json").shows("\"command\": \"inspect\""),
        same("php artisan db:show --counts", "db inspect")
            .shows("4 KiB")
            .note("about how many, where the database knows it without counting"),
        same("php artisan db:show --views --types", "db inspect").shows("tables").note("always"),
        same("php artisan db:table users", "db table users")
            .shows("id      int")
            .note("also `db inspect users`"),
        same("php artisan db:table users --json", "db table users --json").shows("\"name\": \"users\""),
        not(
            "php artisan db:monitor --databases=mysql --max=100",
            "db monitor --max=100",
            "ask the server's own monitoring; `db doctor` looks at what migrations need",
        ),
        same("php artisan db:wipe", "db wipe").applied(&[]).shows("dropped everything"),
        same("php artisan db:wipe --force", "db wipe --force --env production").applied(&[]),
        not("php artisan db:wipe --drop-views --drop-types", "db wipe --drop-views", NO_DROPS),
        same("php artisan db:seed", "db seed").at(Example).changes().shows("seeder"),
        same("php artisan db:seed --class=Users", "db seed --class=users")
            .at(Example)
            .changes()
            .shows("seeded users"),
        same("php artisan db:seed --force", "db seed --force --env production").at(Example).shows("seed"),
        not("php artisan schema:dump", "db dump", NO_DUMP),
        not("php artisan schema:dump --path=x --prune --without-migration-data", "db dump --prune", NO_DUMP),
    ]
}

/// `--database`: the same commands on another database.
fn another() -> Vec<Row> {
    vec![
        same("php artisan migrate --database=reporting", "db migrate --database=reporting")
            .at(Several)
            .writes("r.db")
            .shows("applied 2 migrations")
            .note("`--all-databases` is about all of them"),
        same("php artisan migrate:install --database=reporting", "db install --database=reporting")
            .at(SeveralApplied)
            .shows("the tables are there"),
        same("php artisan migrate:status --database=reporting", "db status --database=reporting")
            .at(SeveralApplied)
            .shows("2_pages"),
        same("php artisan migrate:rollback --database=reporting", "db rollback --batch --database=reporting")
            .at(SeveralApplied)
            .changes()
            .shows("undid 2 migrations"),
        same("php artisan migrate:reset --database=reporting", "db reset --database=reporting")
            .at(SeveralApplied)
            .changes()
            .shows("undid 2 migrations"),
        same("php artisan migrate:refresh --database=reporting", "db refresh --database=reporting")
            .at(SeveralApplied)
            .changes()
            .shows("applied 2 migrations"),
        same("php artisan migrate:fresh --database=reporting", "db fresh --database=reporting")
            .at(SeveralApplied)
            .changes()
            .shows("applied 2 migrations"),
        same("php artisan db:show --database=reporting", "db inspect --database=reporting")
            .at(SeveralApplied)
            .shows("visits"),
        same("php artisan db:table visits --database=reporting", "db table visits --database=reporting")
            .at(SeveralApplied)
            .shows("id      int"),
        same("php artisan db:wipe --database=reporting", "db wipe --database=reporting")
            .at(SeveralApplied)
            .changes()
            .shows("dropped everything"),
        same("php artisan db:seed --database=reporting", "db seed --database=reporting")
            .at(SeveralApplied)
            .shows("nothing to seed"),
        not("php artisan schema:dump --database=reporting", "db dump --database=reporting", NO_DUMP),
    ]
}
