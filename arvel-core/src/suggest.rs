//! "Did you mean": the nearest known name to an unknown one.
//!
//! One rule for keys, variables and environments. It refuses to suggest a name that is not near: a wrong
//! suggestion is worse than none.

/// The nearest of `known` to `given`, when it is near enough to be a slip.
pub(crate) fn nearest<K: AsRef<str>>(given: &str, known: impl IntoIterator<Item = K>) -> Option<K> {
    let allowed = (given.chars().count() / 4).clamp(1, 4);
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(given, candidate.as_ref()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let known = ["server.port", "server.host", "log.level"];
        assert_eq!(nearest("server.prot", known), Some("server.port"));
        assert_eq!(nearest("serverport", known), Some("server.port"));
        assert_eq!(nearest("mail.from", known), None);
    }
}
