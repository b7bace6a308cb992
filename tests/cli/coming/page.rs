//! The page of the book.

use std::{fmt::Write as _, fs, path::Path};

use super::{Kind, sections};

const HEAD: &str = "# Commands from elsewhere

<!-- Made by the test `coming` of arvel-tests from its rows. Do not edit:
     ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests --test cli coming -->

Every command and option of Alembic, Flask-Migrate, EllarSQL, Framefox and Laravel, and what is typed here. Each row is run by
a test: its exit code, what it shows, and what it does to the files and the history are what the other system's users expect,
or what the remark says. The methods of schemas are in [Coming from Laravel, Rails, Alembic](laravel.md).

`app` is the application's program; the global `arvel` takes the same words. Where nothing else is said the old spelling of an
option works here too: `--pretend` is `--dry-run`, `--step` is `--steps`, `upgrade` is `migrate`.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for section in sections() {
        let _ = write!(page, "\n## {}\n\n{}\n", section.title, section.about);
        page.push_str("\n| there | here | |\n|---|---|---|\n");
        for row in &section.rows {
            let here = match row.kind {
                Kind::Here => format!("`app {}`", row.here.replace('|', "\\|")),
                Kind::NotHere => "not here".to_owned(),
                Kind::NotYet => "not there yet".to_owned(),
            };
            let _ = writeln!(
                page,
                "| `{}` | {here} | {} |",
                row.typed.replace('|', "\\|"),
                row.note.replace('|', "\\|")
            );
        }
    }
    page
}

#[test]
fn the_page_of_commands_from_elsewhere_is_up_to_date() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/reference/coming.md");
    let page = page();
    if std::env::var_os("ARVEL_UPDATE_DOCS").is_some() {
        fs::write(&file, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&file).unwrap_or_default() == page,
        "`docs/src/reference/coming.md` is not what the rows say; run \
         `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests --test cli coming`"
    );
}
