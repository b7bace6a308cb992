//! From a name on the command line to one revision.
//!
//! A name climbs five rungs: revision, label, slug, beginning of a revision, beginning of a slug. The first rung that
//! knows it decides. Two hits on it are an error: a guess could undo the wrong thing.

use super::{Graph, Rung, TargetError, nearest::nearest, target_error::stem_of};
use crate::migration::RevisionId;

/// The words of the target language.
const WORDS: [&str; 4] = ["head", "heads", "base", "current"];
/// The shortest beginning of a revision that is looked up.
const SHORTEST_PREFIX: usize = 4;

impl Graph {
    /// The revision that a name means, and the rung that knew it.
    ///
    /// # Errors
    /// [`TargetError::Ambiguous`] or [`TargetError::Unknown`].
    pub fn find(&self, name: &str) -> Result<(&RevisionId, Rung), TargetError> {
        self.lookup(name).map(|(at, rung)| (self.at(at), rung))
    }

    pub(super) fn lookup(&self, name: &str) -> Result<(usize, Rung), TargetError> {
        if let Some(at) = self.index.get(name) {
            return Ok((*at, Rung::Revision));
        }
        if let Some(at) = self.label_at(name) {
            return Ok((at, Rung::Label));
        }
        let slug = |at: usize| self.nodes[at].migration.slug();
        let rungs: [(Rung, &dyn Fn(usize) -> bool); 3] = [
            (Rung::Slug, &|at| slug(at) == name),
            (Rung::RevisionPrefix, &|at| {
                name.len() >= SHORTEST_PREFIX && self.at(at).as_str().starts_with(name)
            }),
            (Rung::SlugPrefix, &|at| slug(at).starts_with(name)),
        ];
        for (rung, knows) in rungs {
            let hits: Vec<usize> = (0..self.len()).filter(|at| knows(*at)).collect();
            match hits.as_slice() {
                [] => {}
                [at] => return Ok((*at, rung)),
                _ => {
                    let candidates = self.names(hits);
                    return Err(TargetError::Ambiguous { name: name.to_owned(), rung, candidates });
                }
            }
        }
        // What is a word of the language in other letters, or a file, is a slip of its own.
        let word = WORDS.into_iter().find(|word| name.eq_ignore_ascii_case(word)).map(str::to_owned);
        let file = stem_of(name).filter(|stem| self.index.contains_key(*stem)).map(str::to_owned);
        if let Some(meant) = word.or(file) {
            return Err(TargetError::Unknown { name: name.to_owned(), nearest: vec![meant] });
        }
        let known = (0..self.len())
            .flat_map(|at| [self.at(at).as_str(), slug(at)])
            .chain(self.labels.keys().map(|label| label.as_str()));
        Err(TargetError::Unknown { name: name.to_owned(), nearest: nearest(name, known) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::draw;

    #[test]
    fn the_rungs_in_their_order() {
        let graph = draw(
            "2026_01_01_000001_create_posts
             2026_01_01_000002_create_posts_index @posts
             2026_01_01_000003_ae10 rev create_posts_extra
             2026_02_01_000004_ae10 rev ae10f3c2
             2026_02_01_000005_posts",
        );
        let cases = [
            ("ae10f3c2", Ok(("ae10f3c2", Rung::Revision))),
            // A label before the slug of another.
            ("posts", Ok(("2026_01_01_000002_create_posts_index", Rung::Label))),
            // A slug before the longer revision and slugs that it begins.
            ("create_posts", Ok(("2026_01_01_000001_create_posts", Rung::Slug))),
            ("ae10", Err("target.ambiguous")),
            ("ae10f", Ok(("ae10f3c2", Rung::RevisionPrefix))),
            ("create_posts_e", Ok(("create_posts_extra", Rung::RevisionPrefix))),
            ("2026_02_01_000005", Ok(("2026_02_01_000005_posts", Rung::RevisionPrefix))),
            ("2026", Err("target.ambiguous")),
            // Fewer than 4 characters are no prefix of a revision; slugs have no such limit.
            ("202", Err("target.unknown")),
            ("po", Ok(("2026_02_01_000005_posts", Rung::SlugPrefix))),
            ("create_posts_i", Ok(("2026_01_01_000002_create_posts_index", Rung::SlugPrefix))),
            // `create_posts_extra` begins with it, and a revision comes before slugs.
            ("create_post", Ok(("create_posts_extra", Rung::RevisionPrefix))),
        ];
        for (name, expected) in cases {
            let found = graph.find(name).map(|(revision, rung)| (revision.as_str(), rung));
            assert_eq!(found.map_err(|error| error.code()), expected, "{name}");
        }
    }

    #[test]
    fn two_hits_list_the_candidates_and_none_suggests() {
        let graph = draw("2026_01_01_000001_create_posts\n2026_01_01_000002_create_users");
        let error = graph.find("create").unwrap_err();
        assert_eq!(
            format!("{error}; {}", error.hint()),
            "`create` begins the slugs of 2 revisions: `2026_01_01_000001_create_posts`, \
             `2026_01_01_000002_create_users`; write more of it, such as `2026_01_01_000001_create_posts`"
        );
        for (slip, meant) in
            [("HEAD", "head"), ("2026_01_01_000001_create_posts.sql", "2026_01_01_000001_create_posts")]
        {
            assert_eq!(graph.find(slip).unwrap_err().hint(), format!("did you mean `{meant}`?"));
        }
        let error = graph.find("create_uzers").unwrap_err();
        assert_eq!(
            format!("{error}; {}", error.hint()),
            "no revision, label or slug is called `create_uzers`; did you mean `create_users`?"
        );
    }
}
