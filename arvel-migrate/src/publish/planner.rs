//! Decides stub by stub, in the order of publication, on a folder that fills as it goes.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BundledStub, Decision, ExistingFile, FileKind, OwnPlace, PlanError,
    PublishAction::{self, Conflict, Keep, Merge, Nothing, Overwrite, Write},
    PublishMode,
    PublishState::{self, Diverged, Duplicate, InPlace, NameTaken, New, NotNeeded},
    ground::{Ground, Need},
    judge::{Verdict, judge, three_way},
    place::Places,
    published_text,
};
use crate::{
    migration::{Origin, SortKey},
    project::file_stem,
};

/// The folder as far as it is decided.
pub(super) struct Planner<'g, 'a> {
    ground: &'g Ground<'a>,
    places: Places,
    slugs: BTreeMap<String, String>,
    /// The files that nobody published.
    own: BTreeSet<String>,
    tables: BTreeMap<String, Owner>,
    /// What has a file when the plan is done.
    there: BTreeSet<Origin>,
    /// What is left to a person.
    refused: BTreeSet<Origin>,
}

/// Who creates a table.
#[derive(Clone)]
enum Owner {
    File(String),
    InPlace(Origin),
}

impl<'g, 'a> Planner<'g, 'a> {
    pub(super) fn new(ground: &'g Ground<'a>, files: &'a [ExistingFile]) -> Self {
        let mut planner = Planner {
            ground,
            places: Places::new(ground, files),
            slugs: BTreeMap::new(),
            own: files.iter().filter(|file| file.origin.is_none()).map(|file| file.name.clone()).collect(),
            tables: BTreeMap::new(),
            there: BTreeSet::new(),
            refused: BTreeSet::new(),
        };
        let mut in_order: Vec<&ExistingFile> = files.iter().collect();
        in_order.sort_by(|one, other| SortKey::compare(file_stem(&one.name), file_stem(&other.name)));
        for file in in_order {
            // A table that is gone again is in nobody's way.
            for table in &file.tables.drops {
                planner.tables.remove(table);
            }
            planner.occupy(file.slug(), &file.tables.creates, &file.name);
            planner.there.extend(file.origin.clone());
        }
        let in_place =
            |stub: &&BundledStub| ground.runs_in_place(stub) && ground.file(&stub.origin).is_none();
        for stub in ground.bundled.iter().filter(in_place) {
            for table in &stub.creates {
                let owner = || Owner::InPlace(stub.origin.clone());
                planner.tables.entry(table.clone()).or_insert_with(owner);
            }
        }
        planner
    }

    fn occupy(&mut self, slug: &str, tables: &[String], file: &str) {
        self.slugs.entry(slug.to_owned()).or_insert_with(|| file.to_owned());
        for table in tables {
            self.tables.entry(table.clone()).or_insert_with(|| Owner::File(file.to_owned()));
        }
    }

    pub(super) fn decide(&mut self, stub: &BundledStub) -> Result<Decision, PlanError> {
        let decision = match self.ground.files(&stub.origin) {
            [] => self.decide_absent(stub)?,
            [file] => self.decide_present(stub, file)?,
            of_origin @ [first, others @ ..] => Decision {
                file: Some(first.name.clone()),
                others: others.iter().map(|file| file.name.clone()).collect(),
                reason: Some(format!(
                    "`{}` carry this origin; keep one of them",
                    of_origin.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("`, `")
                )),
                ..self.decision(stub, None, Duplicate, Conflict)?
            },
        };
        match decision.action {
            Write => {
                self.there.insert(stub.origin.clone());
            }
            Conflict => {
                self.refused.insert(stub.origin.clone());
            }
            _ => {}
        }
        Ok(decision)
    }

    fn decide_absent(&mut self, stub: &BundledStub) -> Result<Decision, PlanError> {
        let package = stub.origin.package();
        if self.ground.runs_in_place(stub) {
            let reason = match &stub.follows {
                Some(of) => format!(
                    "`{package}` runs in place, and so does this where a database has an older `{}`",
                    of.stub.stub()
                ),
                None => format!("`{package}` runs in place; `db publish --package {package}` publishes it"),
            };
            return self.answer(stub, InPlace, Nothing, reason);
        }
        match self.follow_up(stub) {
            None | Some((New, Write, _)) => {}
            Some((state, action, reason)) => return self.answer(stub, state, action, reason),
        }
        let follow_ups = self.ground.published_follow_ups(&stub.origin);
        if let [file, ..] = follow_ups.as_slice() {
            let reason = format!(
                "`{}` brings an older text of it to this shape, and would make the change twice; bring the older file back, \
                 or remove that one if it is applied nowhere",
                file.name
            );
            let others = follow_ups.iter().map(|file| file.name.clone()).collect();
            return Ok(Decision { others, ..self.answer(stub, New, Conflict, reason)? });
        }
        let slug = stub.origin.stub().replace('-', "_");
        if let Some((file, reason)) = self.taken(stub, &slug) {
            let decision = self.answer(stub, NameTaken, Conflict, reason)?;
            return Ok(Decision { others: file.into_iter().collect(), ..decision });
        }
        if let Some(reason) = self.lacks(stub) {
            return self.answer(stub, New, Conflict, reason);
        }
        let placed = match self.places.place(self.ground, stub, &slug)? {
            Ok(placed) => placed,
            Err(reason) => return self.answer(stub, New, Conflict, reason),
        };
        self.occupy(&slug, &stub.creates, &placed.name);
        let decision = self.decision(stub, None, New, Write)?;
        Ok(Decision { text: text(stub, &placed.place)?, file: Some(placed.name), ..decision })
    }

    /// What is decided of a follow-up without a file; `None` for any other stub.
    fn follow_up(&self, stub: &BundledStub) -> Option<(PublishState, PublishAction, String)> {
        let follows = stub.follows.as_ref()?;
        let (name, since) = (&follows.stub, &follows.since);
        let file = match self.ground.need(stub)? {
            Need::No(reason) => return Some((NotNeeded, Nothing, reason)),
            Need::Unknown(_) if self.ground.is_named(stub) => return Some((New, Write, String::new())),
            Need::Unknown(reason) => {
                let reason = format!("{reason}; `--only {}` publishes it where it is needed", stub.origin);
                return Some((New, Keep, reason));
            }
            Need::Yes(file) => file,
        };
        if self.ground.is_replaced(name) && !self.refused.contains(name) {
            return Some((NotNeeded, Nothing, format!("`{}` gets the new shape itself", file.name)));
        }
        if self.ground.is_named(stub) {
            return Some((New, Write, String::new()));
        }
        let brings = format!("it brings `{}` to the shape of {since}", file.name);
        let is_begun = self.ground.follow_ups(name).iter().any(|other| self.there.contains(&other.origin));
        let diverged =
            self.ground.stub(name).is_some_and(|stub| judge(self.ground, stub, file).state == Diverged);
        let reason = match (self.ground.options.mode, self.ground.applied(name)) {
            (PublishMode::Add, _) => {
                format!("{brings}; `--update` chooses between it and a newer `{}`", file.name)
            }
            _ if is_begun => return Some((New, Write, String::new())),
            _ if diverged => {
                format!("{brings}, which you changed; if it fits, `--only {}` publishes it", stub.origin)
            }
            (PublishMode::Update, Some(true)) => return Some((New, Write, String::new())),
            (_, None) => format!("{brings}; not every database answered whether that is applied"),
            _ => format!("{brings}; `--only {}` publishes it", stub.origin),
        };
        Some((New, Keep, reason))
    }

    fn decide_present(&self, stub: &BundledStub, file: &ExistingFile) -> Result<Decision, PlanError> {
        let verdict = judge(self.ground, stub, file);
        let problem = match verdict.action {
            Overwrite | Merge => self.lacks(stub).or_else(|| {
                let follows_all = file.place.parents.is_none();
                self.places.behind(stub, file_stem(&file.name)).filter(|_| follows_all)
            }),
            _ => None,
        };
        let verdict = match problem {
            Some(reason) => Verdict { action: Conflict, reason: Some(reason), ..verdict },
            None => verdict,
        };
        let Verdict { state, action, reason, others } = verdict;
        let three_way = match state {
            Diverged => three_way(self.ground, stub, file),
            _ => None,
        };
        let mut decision = self.decision(stub, Some(file), state, action)?;
        if let (Merge, Some(merged)) = (action, three_way.as_ref().and_then(|it| it.clean())) {
            decision.text = merged.to_owned();
        }
        Ok(Decision { reason, others, three_way, ..decision })
    }

    /// Another file that has the slug, or that creates one of the tables, with the way on.
    fn taken(&self, stub: &BundledStub, slug: &str) -> Option<(Option<String>, String)> {
        let origin = &stub.origin;
        if let Some(file) = self.slugs.get(slug) {
            let meant = meant(FileKind::of_name(file), origin);
            let reason = match self.own.contains(file) {
                false => format!(
                    "`{file}` has this name and another origin; give that file another slug and run `make sync` (its \
                     origin stays); {meant}"
                ),
                true => format!(
                    "`{file}` has this name and no origin; {meant}; else give it another slug and run `make sync`, and where \
                     it is applied write the revision `{}` into it first, so that it stays what it is",
                    file_stem(file)
                ),
            };
            return Some((Some(file.clone()), reason));
        }
        let (table, owner) = stub.creates.iter().find_map(|table| Some((table, self.tables.get(table)?)))?;
        Some(match owner {
            Owner::File(file) => {
                let reason = format!(
                    "`{file}` creates the table `{table}` too; {}",
                    meant(FileKind::of_name(file), origin)
                );
                (Some(file.clone()), reason)
            }
            Owner::InPlace(other) => {
                (None, format!("`{other}` creates the table `{table}` too, and runs in place"))
            }
        })
    }

    /// Why what the stub depends on will not be there.
    fn lacks(&self, stub: &BundledStub) -> Option<String> {
        let is_missing = |needed: &&Origin| {
            let known = self.ground.stub(needed);
            !self.there.contains(*needed)
                && !self.ground.options.in_place.contains(needed.package())
                && !known.is_some_and(|stub| self.is_not_needed(stub))
        };
        let needed = stub.after.iter().find(is_missing)?;
        let origin = &stub.origin;
        Some(match (self.refused.contains(needed), self.ground.wanted.contains(needed)) {
            (true, _) => format!("it needs `{needed}`, which is in conflict itself"),
            (false, true) => {
                format!("it needs `{needed}`, which is not published yet; `--update` decides about that")
            }
            (false, false) => format!(
                "it needs `{needed}`, which is not published; `db publish --only {needed} --only {origin}` publishes both"
            ),
        })
    }

    /// Whether nothing has to be published for a follow-up.
    fn is_not_needed(&self, stub: &BundledStub) -> bool {
        let follows = match (&stub.follows, self.ground.need(stub)) {
            (Some(_), Some(Need::No(_))) => return true,
            (Some(follows), Some(Need::Yes(_))) => &follows.stub,
            _ => return false,
        };
        self.ground.is_replaced(follows) && !self.refused.contains(follows)
    }

    fn answer(
        &self,
        stub: &BundledStub,
        state: PublishState,
        action: PublishAction,
        reason: String,
    ) -> Result<Decision, PlanError> {
        Ok(Decision { reason: Some(reason), ..self.decision(stub, None, state, action)? })
    }

    fn decision(
        &self,
        stub: &BundledStub,
        file: Option<&ExistingFile>,
        state: PublishState,
        action: PublishAction,
    ) -> Result<Decision, PlanError> {
        Ok(Decision {
            origin: stub.origin.clone(),
            version: stub.version.to_string(),
            state,
            action,
            file: file.map(|file| file.name.clone()),
            others: Vec::new(),
            applied: self.ground.applied(&stub.origin),
            reason: None,
            text: text(stub, &file.map(|file| file.place.clone()).unwrap_or_default())?,
            current: file.map(|file| file.text.clone()),
            three_way: None,
        })
    }
}

/// How a file of the user's own becomes that of an origin.
fn meant(kind: Option<FileKind>, origin: &Origin) -> String {
    let entry = match kind {
        Some(FileKind::Sql) => format!("-- origin: {origin}"),
        _ => format!("origin: \"{origin}\""),
    };
    format!("if it is meant to be this migration, write `{entry}` into it")
}

fn text(stub: &BundledStub, place: &OwnPlace) -> Result<String, PlanError> {
    published_text(stub, place).map_err(|problem| PlanError::Text { origin: stub.origin.clone(), problem })
}
