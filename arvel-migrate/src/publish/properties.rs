//! Publishing over drawn packages and drawn folders: what holds of every plan.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use proptest::prelude::*;

use super::{
    AppliedOrigins, BundledStub, ExistingFile, FileKind, Follows, PublishAction, PublishMode, PublishOptions,
    PublishPlan, PublishState, Version,
    header::tests::{after, stub},
    plan_publish,
};
use crate::{
    graph::Graph,
    migration::{Dependency, LineName, Migration, Registration, RevisionId, Source},
    project::{Stamp, file_stem},
};

/// The files of a folder by their names.
type Folder = BTreeMap<String, String>;

/// Answers of a draw, one after the other; zero when they are used up.
struct Draw(std::vec::IntoIter<u8>);

impl Draw {
    fn below(&mut self, number: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % number.max(1)
    }

    fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 1
    }
}

/// Two versions of the same packages: the second one has more stubs, raised texts, follow-ups and more dependencies.
fn packages(draw: &mut Draw) -> [Vec<BundledStub>; 2] {
    let (mut first, mut second): (Vec<BundledStub>, Vec<BundledStub>) = (Vec::new(), Vec::new());
    for package in 0..=draw.below(3) {
        for number in 0..=draw.below(3) {
            let origin = format!("p{package}/stub_{package}_{number}");
            let text =
                format!("-- migrate:up\nCREATE TABLE t_{package}_{number} (\n  id INT,\n\n  name TEXT\n);\n");
            let earlier: Vec<String> = second.iter().map(|stub| stub.origin.to_string()).collect();
            let mut behind: Vec<&str> =
                earlier.iter().filter(|_| draw.one_in(3)).map(String::as_str).collect();
            let follow_ups: BTreeSet<String> = second
                .iter()
                .filter(|stub| stub.follows.is_some())
                .map(|stub| stub.origin.to_string())
                .collect();
            behind.retain(|name| !follow_ups.contains(*name));
            let old = BundledStub {
                version: Version::new(0, 1, 0),
                ..after(stub(&origin, FileKind::Sql, &text), &behind)
            };
            let arrives_later = draw.one_in(4);
            let raised = draw.one_in(2);
            let known: BTreeSet<String> = first.iter().map(|stub| stub.origin.to_string()).collect();
            let old_behind: Vec<&str> = behind.iter().copied().filter(|name| known.contains(*name)).collect();
            if !arrives_later {
                let forgets = draw.one_in(3);
                let behind = if forgets { &[] as &[&str] } else { &old_behind };
                first.push(BundledStub {
                    version: old.version.clone(),
                    ..after(stub(&origin, FileKind::Sql, &text), behind)
                });
            }
            let newer = if raised { text.replace("TEXT\n", "TEXT,\n  more TEXT\n") } else { text.clone() };
            second.push(BundledStub {
                former: if draw.one_in(3) { Vec::new() } else { vec![text] },
                ..after(stub(&origin, FileKind::Sql, &newer), &behind)
            });
            if raised && draw.one_in(2) {
                let name = format!("p{package}/follow_{package}_{number}");
                let follows = Follows { stub: origin.parse().unwrap(), since: Version::new(0, 2, 0) };
                second.push(BundledStub {
                    follows: Some(follows),
                    ..after(stub(&name, FileKind::Sql, "SELECT 'follow';\n"), &[&origin])
                });
            }
        }
    }
    [first, second]
}

fn files(folder: &Folder) -> Vec<ExistingFile> {
    folder.iter().filter_map(|(name, text)| ExistingFile::read(name, text)).collect()
}

fn write(folder: &mut Folder, plan: &PublishPlan) {
    for decision in plan.decisions.iter().filter(|decision| decision.writes()) {
        folder.insert(decision.file.clone().unwrap(), decision.text.clone());
    }
}

/// The graph of a folder; what depends on an origin that nothing carries is let go, where that is wanted.
fn graph(folder: &Folder, lenient: bool) -> Result<Graph, String> {
    let mut migrations: Vec<Migration> = Vec::new();
    for (name, text) in folder {
        let text: &'static str = Box::leak(text.clone().into_boxed_str());
        let stem: &'static str = Box::leak(file_stem(name).to_owned().into_boxed_str());
        let registration = Registration::new("mod.rs", stem, "default", "app", Source::Sql { text });
        migrations.push(Migration::from_registration(&registration).map_err(|error| error.to_string())?);
    }
    let carried: BTreeSet<_> = migrations.iter().filter_map(|it| it.origin.clone()).collect();
    for migration in migrations.iter_mut().filter(|_| lenient) {
        migration
            .depends_on
            .retain(|it| !matches!(it, Dependency::Origin(origin) if !carried.contains(origin)));
    }
    Graph::build(migrations.into_iter().map(Arc::new).collect::<Vec<_>>()).map_err(|error| error.to_string())
}

fn heads(folder: &Folder) -> Option<Vec<RevisionId>> {
    Some(graph(folder, true).ok()?.line_heads(&LineName::default_line()))
}

/// What a person does to the files between two publications.
fn live(draw: &mut Draw, folder: &mut Folder) {
    for (name, text) in folder.clone() {
        match draw.below(8) {
            1 => {
                folder.insert(name, text.replace("id INT", "id BIGINT"));
            }
            2 => {
                folder.insert(name, text.replace("name TEXT", "name VARCHAR(80)"));
            }
            3 => {
                folder.remove(&name);
            }
            4 => {
                folder.remove(&name);
                folder.insert(name.replace("_stub_", "_renamed_"), text);
            }
            _ => {}
        }
    }
    if draw.one_in(3) {
        let name = format!("2026_11_2{}_143002_mine.sql", draw.below(9));
        folder.insert(name, "SELECT 1;\n".to_owned());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn what_holds_of_every_plan(bytes in proptest::collection::vec(any::<u8>(), 0..160)) {
        let mut draw = Draw(bytes.into_iter());
        let [first, second] = packages(&mut draw);
        let in_graph_style = draw.one_in(3);
        let mut folder = Folder::new();
        let at = |seconds: i64, folder: &Folder| PublishOptions {
            heads: if in_graph_style { heads(folder) } else { None },
            ..PublishOptions::all(Stamp::from_unix(1_795_185_002 + seconds))
        };
        let begin = at(0, &folder);
        write(&mut folder, &plan_publish(&first, &[], &begin).unwrap());
        prop_assert!(graph(&folder, false).is_ok(), "{:?}", graph(&folder, false).err());
        live(&mut draw, &mut folder);
        let ran: BTreeSet<_> = first.iter().filter(|_| draw.one_in(2)).map(|stub| stub.origin.clone()).collect();
        let mut options = at(86_400, &folder);
        options.mode = [PublishMode::Add, PublishMode::Update, PublishMode::Force][draw.below(3)];
        options.merge = draw.one_in(2);
        options.applied = if draw.one_in(4) { AppliedOrigins::Unknown } else { AppliedOrigins::Known(ran) };
        options.assume_unapplied = draw.one_in(4);
        if options.heads.as_ref().is_some_and(|heads| heads.len() > 1) {
            // A person has to join them first.
            return Ok(());
        }
        let was_sound = graph(&folder, true).is_ok();
        let plan = plan_publish(&second, &files(&folder), &options).unwrap();

        // The same question has the same answer.
        prop_assert_eq!(&plan, &plan_publish(&second, &files(&folder), &options).unwrap());
        for decision in &plan.decisions {
            let name = decision.file.clone().unwrap_or_default();
            match decision.action {
                // No file is ever in the way of a new one, and no two new ones of each other.
                PublishAction::Write => prop_assert!(!folder.contains_key(&name), "{name} is there"),
                // What is overwritten was published from that stub.
                PublishAction::Overwrite | PublishAction::Merge => {
                    let file = ExistingFile::read(&name, &folder[&name]).unwrap();
                    prop_assert_eq!(file.origin.as_ref(), Some(&decision.origin));
                    if options.mode != PublishMode::Force {
                        prop_assert_ne!(decision.applied, Some(true), "it ran: {}", name);
                    }
                }
                _ => {}
            }
            let needs_a_reason = matches!(decision.action, PublishAction::Keep | PublishAction::Conflict);
            prop_assert!(!needs_a_reason || decision.reason.is_some());
        }
        let before = folder.len();
        write(&mut folder, &plan);
        let written = plan.decisions.iter().filter(|decision| decision.action == PublishAction::Write).count();
        prop_assert_eq!(folder.len(), before + written);

        // What is missing of what others need came along, so that the graph stands, unless a person has to decide.
        let stands = graph(&folder, false);
        if was_sound && !plan.has_conflicts() {
            prop_assert!(stands.is_ok(), "{:?}\n{:#?}", stands.err(), folder.keys());
        }
        // There is nothing left to do.
        let later = PublishOptions { now: Stamp::from_unix(1_795_985_002), ..options.clone() };
        let again = plan_publish(&second, &files(&folder), &later).unwrap();
        prop_assert!(!again.writes(), "{:#?}", again.decisions);
        let update = PublishOptions { mode: PublishMode::Update, merge: false, ..later };
        let updated = plan_publish(&second, &files(&folder), &update).unwrap();
        write(&mut folder, &updated);
        prop_assert!(!plan_publish(&second, &files(&folder), &update).unwrap().writes());
        // No stub that is followed was given the same change.
        for decision in updated.decisions.iter().filter(|decision| decision.state == PublishState::Followed) {
            prop_assert!(!decision.writes());
        }
    }
}
