//! The table of publishing.md for a file that is there: how it stands to its stub, and what is done about it.
//!
//! An applied file is never replaced without a word: what it does has run, and a newer text could not run any more. A
//! file one of whose follow-ups is in the folder is never given the newer text: the change would be made twice.

use super::{
    BundledStub, ExistingFile, FileKind,
    PublishAction::{self, Conflict, Keep, Merge, Nothing, Overwrite},
    PublishMode::{Add, Force, Update},
    PublishState::{self, Diverged, Edited, Followed, Identical, Outdated},
    PublishedHeader, ThreeWay, Version,
    ground::Ground,
    published_text,
};

/// What is decided of a file that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) state: PublishState,
    pub(super) action: PublishAction,
    pub(super) reason: Option<String>,
    /// The files of follow-ups that are in the way.
    pub(super) others: Vec<String>,
}

/// Judges a file by its stub, the follow-ups of that, and what is applied.
pub(super) fn judge(ground: &Ground<'_>, stub: &BundledStub, file: &ExistingFile) -> Verdict {
    let needed = ground.follow_ups(&stub.origin);
    let is_there = |follow_up: &&&BundledStub| ground.file(&follow_up.origin).is_some();
    let (there, open): (Vec<&BundledStub>, Vec<&BundledStub>) =
        needed.iter().copied().partition(|follow_up| is_there(&follow_up));
    let state = match state(stub, file) {
        Outdated | Diverged if !there.is_empty() && open.is_empty() => Followed,
        // The digest does not see the origin; the program sees nothing else.
        Identical if file.undeclared => Edited,
        state => state,
    };
    let (action, reason) = match state {
        Identical => (Nothing, None),
        _ if file.undeclared && ground.options.mode != Force => (Conflict, Some(undeclared(stub))),
        _ if !there.is_empty() => followed(ground, &there, &open),
        _ if ground.options.mode == Force => forced(ground, stub, &open),
        Outdated | Diverged if is_newer(stub, file) => (Keep, Some(newer(stub, file))),
        Edited => (Keep, Some("you changed it".to_owned())),
        Outdated => outdated(ground, stub, &open),
        _ => diverged(ground, stub, file, &open),
    };
    let changes_kind =
        matches!(action, Overwrite | Merge) && FileKind::of_name(&file.name) != Some(stub.kind);
    let (action, reason) = match changes_kind {
        true => (Conflict, Some(changed_kind(stub, file))),
        false => (action, reason),
    };
    let others = match (action, there.is_empty()) {
        (Conflict, false) => {
            there.iter().filter_map(|stub| ground.file(&stub.origin)).map(|file| file.name.clone()).collect()
        }
        _ => Vec::new(),
    };
    Verdict { state, action, reason, others }
}

/// What three digests tell.
fn state(stub: &BundledStub, file: &ExistingFile) -> PublishState {
    let upstream_changed = file.published.as_ref() != Some(&stub.digest);
    let you_changed = file.published.as_ref() != Some(&file.digest);
    match (upstream_changed, you_changed) {
        _ if file.digest == stub.digest => Identical,
        (false, _) => Edited,
        (true, false) => Outdated,
        (true, true) => Diverged,
    }
}

type Answer = (PublishAction, Option<String>);

/// Follow-ups of it are in the folder.
fn followed(ground: &Ground<'_>, there: &[&BundledStub], open: &[&BundledStub]) -> Answer {
    let files: Vec<&str> =
        there.iter().filter_map(|stub| ground.file(&stub.origin)).map(|file| file.name.as_str()).collect();
    match (ground.options.mode, open) {
        (Force, _) => (
            Conflict,
            Some(format!(
                "{} the change of the newer text; remove that first, if it is applied nowhere",
                match files.as_slice() {
                    [file] => format!("`{file}` makes"),
                    files => format!("`{}` make", files.join("`, `")),
                }
            )),
        ),
        (_, []) => (Nothing, None),
        (Add, _) => {
            (Keep, Some(format!("{} to the newer shape; `--update` publishes the rest", brings(open))))
        }
        (Update, _) => (Keep, Some(format!("{} to the newer shape", brings(open)))),
    }
}

fn forced(ground: &Ground<'_>, stub: &BundledStub, open: &[&BundledStub]) -> Answer {
    let ran =
        "it is applied: the new text will not run there, and `db status` will call the migration changed";
    let instead = match open {
        [] => String::new(),
        open => format!("; {} to the newer shape instead, by `db publish --update`", brings(open)),
    };
    (Overwrite, (ground.applied(&stub.origin) == Some(true)).then(|| format!("{ran}{instead}")))
}

/// Whether the file is from a later version than the one that the program links.
fn is_newer(stub: &BundledStub, file: &ExistingFile) -> bool {
    let published = file.version.as_deref().and_then(|version| Version::parse(version).ok());
    published.is_some_and(|version| version > stub.version)
}

fn newer(stub: &BundledStub, file: &ExistingFile) -> String {
    let (package, linked) = (stub.origin.package(), &stub.version);
    let version = file.version.as_deref().unwrap_or_default();
    format!(
        "it was published from {version}, and this program links {package} {linked}: link the later version"
    )
}

fn undeclared(stub: &BundledStub) -> String {
    let origin = &stub.origin;
    let entry = match stub.kind {
        FileKind::Rust => format!("`origin: \"{origin}\"` in `migration! {{ … }}`"),
        FileKind::Sql => format!("the line `-- origin: {origin}`"),
    };
    format!(
        "its first line names the package, but its origin is gone, by which the program knows it: write {entry} again"
    )
}

fn outdated(ground: &Ground<'_>, stub: &BundledStub, open: &[&BundledStub]) -> Answer {
    let keep = |reason: String| (Keep, Some(reason));
    match (ground.options.mode, ground.applied(&stub.origin)) {
        (_, Some(true)) if open.is_empty() => keep(
            "it is applied: the newer text could never run; write a new migration for the change".to_owned(),
        ),
        (Add, _) => keep("the package has a newer text; `--update` takes it".to_owned()),
        (_, Some(true)) => keep(format!("it is applied; {} to the newer shape", brings(open))),
        (_, None) if !ground.options.assume_unapplied => keep(
            "not every database answered whether it is applied; `--assume-unapplied` overwrites it"
                .to_owned(),
        ),
        _ => (Overwrite, None),
    }
}

fn diverged(ground: &Ground<'_>, stub: &BundledStub, file: &ExistingFile, open: &[&BundledStub]) -> Answer {
    let conflict = |reason: String| (Conflict, Some(reason));
    let both = "you and the package changed it";
    if ground.options.mode == Add {
        return (Keep, Some(format!("{both}; `--diff` shows how")));
    }
    let applied = ground.applied(&stub.origin);
    match (applied, open) {
        (Some(true), []) => {
            return conflict(format!(
                "{both}, and yours is applied: write a new migration for what the package changed"
            ));
        }
        (Some(true), [first, ..]) => {
            let name = &first.origin;
            return conflict(format!(
                "{both}, and yours is applied; {} to the newer shape: if that fits what you changed, `--only {name}` publishes it",
                brings(open)
            ));
        }
        _ => {}
    }
    let three_way = three_way(ground, stub, file);
    let clean = three_way.as_ref().and_then(ThreeWay::clean).is_some();
    match (ground.options.merge, &three_way) {
        (_, None) => conflict(format!(
            "{both}, and the text that yours was made from is not known; `--diff` shows the difference"
        )),
        (_, Some(_)) if !clean => conflict(format!("{both}, in the same place; `--diff` shows where")),
        (false, Some(_)) => conflict(format!("{both}; `--update --merge` writes both changes")),
        (true, Some(_)) if applied.is_none() && !ground.options.assume_unapplied => conflict(format!(
            "{both}, and not every database answered whether it is applied; `--assume-unapplied` merges"
        )),
        (true, Some(_)) => (Merge, None),
    }
}

/// The three texts of a file that both changed; `None` where nobody knows what it was made from.
pub(super) fn three_way(ground: &Ground<'_>, stub: &BundledStub, file: &ExistingFile) -> Option<ThreeWay> {
    let published = file.published.as_ref()?;
    let base = match stub.former_of(published, &file.place) {
        Some(former) => {
            let (origin, version) = (stub.origin.clone(), file.version.clone()?);
            PublishedHeader { origin, version, digest: published.clone() }.above(stub.kind, &former)
        }
        None => ground.options.bases.get(&stub.origin)?.clone(),
    };
    Some(ThreeWay::of(stub.kind, &base, &file.text, &published_text(stub, &file.place).ok()?))
}

fn changed_kind(stub: &BundledStub, file: &ExistingFile) -> String {
    let ending = stub.kind.ending();
    format!("the package ships it as `.{ending}` now; remove `{}` and publish again", file.name)
}

/// `` `a/x`, `a/y` bring it ``.
fn brings(follow_ups: &[&BundledStub]) -> String {
    let names: Vec<String> = follow_ups.iter().map(|stub| format!("`{}`", stub.origin)).collect();
    format!("{} {}", names.join(", "), if names.len() == 1 { "brings it" } else { "bring it" })
}
