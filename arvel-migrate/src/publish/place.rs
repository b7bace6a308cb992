//! Where new files go: a stamp behind what they need and before what needs them, a name, and the parents where files
//! name theirs.
//!
//! A file without parents follows every earlier one, so what it depends on must sort before it. Nothing is placed where
//! the graph would refuse it.

use std::collections::BTreeMap;

use super::{BundledStub, ExistingFile, OwnPlace, PlanError, ground::Ground};
use crate::{
    migration::{Origin, SortKey},
    project::{Stamp, Stamps, file_stem, new_revision},
};

/// The places that are taken.
pub(super) struct Places {
    stamps: Stamps,
    /// How many files may come yet: so much room is left before a file that needs them.
    room: u32,
    keys: BTreeMap<Origin, (SortKey, Option<Stamp>, String)>,
    /// What the next new file follows, where files say so.
    head: Option<Vec<String>>,
    stems: Vec<String>,
}

/// A place of a new file.
pub(super) struct Placed {
    /// The file's name.
    pub(super) name: String,
    /// What it says of its place.
    pub(super) place: OwnPlace,
}

impl Places {
    pub(super) fn new(ground: &Ground<'_>, files: &[ExistingFile]) -> Self {
        let options = ground.options;
        let stems: Vec<String> = files.iter().map(|file| file_stem(&file.name).to_owned()).collect();
        let mut places = Self {
            stamps: Stamps::named(&options.naming, options.now, stems.iter().map(String::as_str)),
            room: u32::try_from(ground.wanted.len()).unwrap_or(u32::MAX),
            keys: BTreeMap::new(),
            head: options.heads.as_ref().map(|heads| heads.iter().map(ToString::to_string).collect()),
            stems,
        };
        for file in files {
            if let Some(origin) = &file.origin {
                places.take(origin, &file.name);
            }
        }
        places
    }

    fn take(&mut self, origin: &Origin, name: &str) {
        let stem = file_stem(name);
        let taken = (SortKey::of(stem), Stamp::of_stem(stem), name.to_owned());
        self.keys.insert(origin.clone(), taken);
    }

    /// The place of a new file; `Err` with the reason when there is none.
    pub(super) fn place(
        &mut self,
        ground: &Ground<'_>,
        stub: &BundledStub,
        slug: &str,
    ) -> Result<Result<Placed, String>, PlanError> {
        let naming = &ground.options.naming;
        let needed_by = ground.needed_by(stub);
        let needs = stub.after.iter().filter_map(|before| self.keys.get(before)?.1);
        let floor = needs.chain(self.named(needed_by)).max();
        let stamp = match needed_by {
            None => self.stamps.after(floor),
            Some(file) => {
                let before = Stamp::of_stem(file_stem(&file.name));
                match before.and_then(|before| self.stamps.before(before, floor, self.room)) {
                    Some(stamp) => stamp,
                    None if file.place.parents.is_some() => self.stamps.after(floor),
                    None => {
                        return Ok(Err(format!(
                            "`{}` needs it and follows every earlier file, and no stamp is free before it; give that file \
                             a later stamp and run `make sync`",
                            file.name
                        )));
                    }
                }
            }
        };
        let revision = new_revision(stamp, slug);
        let name = naming.name(stamp, slug, &revision);
        let name = format!("{}{name}.{}", ground.options.way, stub.kind.ending());
        let stem = file_stem(&name).to_owned();
        if needed_by.is_none() {
            naming.check_order(&stem, &self.stems.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        let revision = naming.has_revision().then_some(revision);
        let parents = match (needed_by, &self.head) {
            // Beside the file that needs it, and not behind it.
            (Some(file), _) => file.place.parents.clone(),
            (None, Some(heads)) if heads.len() > 1 => {
                let heads = ground.options.heads.clone().unwrap_or_default();
                return Err(PlanError::SeveralHeads { heads });
            }
            (None, heads) => heads.clone(),
        };
        if parents.is_none()
            && let Some(reason) = self.behind(stub, &stem)
        {
            return Ok(Err(reason));
        }
        if needed_by.is_none() && self.head.is_some() {
            self.head = Some(vec![revision.clone().unwrap_or_else(|| stem.clone())]);
        }
        self.stems.push(stem);
        self.take(&stub.origin, &name);
        Ok(Ok(Placed { name, place: OwnPlace { revision, parents } }))
    }

    /// The stamps of what a new file names as parents. A file that names none follows every earlier one, so the end of a
    /// line is behind all of those.
    fn named(&self, needed_by: Option<&ExistingFile>) -> Vec<Stamp> {
        let of_stems = |stems: &[String]| stems.iter().filter_map(|stem| Stamp::of_stem(stem)).collect();
        match (needed_by.map(|file| &file.place.parents), &self.head) {
            (Some(Some(parents)), _) => of_stems(parents),
            (None, Some(heads)) => [of_stems(heads), of_stems(&self.stems)].concat(),
            (Some(None), _) | (None, None) => Vec::new(),
        }
    }

    /// Why a file that follows every earlier one can not have what its stub needs: that sorts behind it.
    pub(super) fn behind(&self, stub: &BundledStub, stem: &str) -> Option<String> {
        let key = SortKey::of(stem);
        let needed = stub.depends_on.iter().filter_map(|needed| self.keys.get(needed));
        let (_, _, file) = needed.into_iter().find(|(needed, ..)| *needed >= key)?;
        Some(format!(
            "it needs `{file}`, which sorts behind it; give that file an earlier stamp and run `make sync`"
        ))
    }
}
