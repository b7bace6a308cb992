//! "Did you mean": the known names that an unknown one may have been meant for.
//!
//! It refuses to guess wildly: a name is near when it contains what was written, or differs by a slip.

use std::collections::BTreeSet;

/// At most this many suggestions.
const MOST: usize = 3;

/// The nearest of `known` to `given`, best first.
#[must_use]
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let allowed = (given.len() / 4).clamp(1, 6);
    let near: BTreeSet<(usize, &str)> = known
        .into_iter()
        .filter_map(|name| {
            if given.len() >= 3 && name.contains(given) {
                return Some((1, name));
            }
            // The distance is never less than the difference in length, and much dearer to compute.
            let distance = (name.len().abs_diff(given.len()) <= allowed)
                .then(|| strsim::osa_distance(given, name))
                .filter(|distance| *distance <= allowed)?;
            Some((distance, name))
        })
        .collect();
    let mut names: Vec<String> = Vec::new();
    for (_, name) in near {
        if names.len() < MOST && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// `; did you mean …` for messages, or nothing.
pub(super) fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_and_parts_are_found_and_strangers_are_not() {
        let known =
            ["2026_11_20_143000_create_posts_table", "create_posts_table", "create_users_table", "blog"];
        assert_eq!(nearest("create_post_table", known), ["create_posts_table"]);
        assert_eq!(nearest("posts", known), ["2026_11_20_143000_create_posts_table", "create_posts_table"]);
        assert_eq!(nearest("blgo", known), ["blog"]);
        assert_eq!(nearest("zebra", known), [""; 0]);
    }
}
