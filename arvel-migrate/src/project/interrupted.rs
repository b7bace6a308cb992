//! What a folder holds while a write into it is interrupted, for those who read its files and not its `mod.rs`: a SQL file
//! that a write had not come to the end with must not run, since the next command takes it back.

use super::{former::former, listed_files, publishing::Publishing};

/// A file that is not as it lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SeenOtherwise {
    /// Its name, from the folder.
    pub(crate) name: String,
    /// Where the text is that it has until the write is through; `None` when it is none of the set.
    pub(crate) former: Option<String>,
}

/// What a `.publishing` and a `mod.rs` say of the files of their folder. A list that is not ours says nothing.
pub(crate) fn seen_otherwise(list: &[u8], module: &str) -> Vec<SeenOtherwise> {
    let (Ok(list), Ok(listed)) = (Publishing::read(list), listed_files(module)) else { return Vec::new() };
    let files = list.files.into_iter().filter(super::publishing::Announced::is_listed);
    let seen = files.filter_map(|file| {
        let former = Some(former(&file.name)).filter(|former| listed.contains(former));
        let is_as_it_lies = former.is_none() && (file.is_overwrite() || listed.contains(&file.name));
        (!is_as_it_lies).then_some(SeenOtherwise { name: file.name, former })
    });
    seen.collect()
}
