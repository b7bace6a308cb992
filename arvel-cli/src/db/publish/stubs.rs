//! `db publish --stubs`: the templates of new files, as files of the project.

use std::collections::BTreeMap;

use arvel_core::Exit;
use arvel_migrate::project::{TemplateFile, TemplateState, plan_templates, write_templates};

use crate::{
    db::session::Session,
    error::CommandError,
    make::templates,
    output::{
        human::count,
        json::{Document, StubsBody, TemplateFileBody, template_state},
        listing::{self, Group, Row},
        theme,
    },
};

/// Writes them, or only says what would be written.
pub fn run(session: &Session, force: bool, only_show: bool) -> Result<Exit, CommandError> {
    let work = session.work();
    let folder = templates::folder(&work.folders)?;
    let mut there = BTreeMap::new();
    // The usual folder may be absent, and one that is configured is made.
    for own in if folder.is_dir() { templates::read(&work.folders)? } else { Vec::new() } {
        let name = own.path.file_name().map(|name| name.to_string_lossy().into_owned());
        there.insert(name.unwrap_or_default(), own.text);
    }
    let plan = plan_templates(&there, force);
    let written = match only_show {
        true => Default::default(),
        false => write_templates(&work.folders.root, &folder, &plan)?,
    };
    let shown = work.folders.shown(&folder);
    show(session, &plan, &shown.display().to_string(), only_show);
    for (name, backup) in &written.overwritten {
        session.console.progress(format_args!("`{name}` was overwritten; the old text is in `{backup}`"));
    }
    session.console.document(&Document::new(
        "publish",
        StubsBody {
            templates: plan.iter().map(TemplateFileBody::of).collect(),
            folder: shown,
            created: written.created,
            overwritten: written.overwritten,
            dry_run: only_show,
        },
    ));
    Ok(Exit::DONE)
}

fn show(session: &Session, plan: &[TemplateFile], folder: &str, only_show: bool) {
    let row = |file: &TemplateFile| {
        let (action, style, note) = match (file.state, file.written, only_show) {
            (TemplateState::Identical, ..) => ("nothing", theme::DIM, None),
            (TemplateState::New, _, true) => ("write", theme::GOOD, None),
            (TemplateState::New, _, false) => ("written", theme::GOOD, None),
            (TemplateState::Edited, true, true) => ("overwrite", theme::GOOD, None),
            (TemplateState::Edited, true, false) => ("overwritten", theme::GOOD, None),
            (TemplateState::Edited, false, _) => {
                (if only_show { "keep" } else { "kept" }, theme::WARN, Some("you changed it".to_owned()))
            }
        };
        Row {
            cells: [action.to_owned(), template_state(file.state).to_owned(), file.file.clone()],
            style,
            note,
        }
    };
    let rows = plan.iter().map(row).collect();
    listing::show(
        &session.console,
        &[Group { title: folder.to_owned(), about: "templates of new files".to_owned(), rows }],
    );
    session.console.result("");
    session.console.result(match (plan.iter().filter(|file| file.written).count(), only_show) {
        (0, _) => "nothing to publish".to_owned(),
        (number, true) => format!("would write {}", count(number, "file")),
        (number, false) => format!("wrote {}", count(number, "file")),
    });
}
