//! An order in which everything comes after what it names; ties in the order of the keys.

use std::collections::{BTreeMap, BTreeSet};

/// Orders keys. `after` maps each key to those that must come before it; names that are no key are ignored.
/// `Err` holds the keys that wait for each other.
pub(crate) fn order<K: Ord + Clone>(after: &BTreeMap<K, BTreeSet<K>>) -> Result<Vec<K>, Vec<K>> {
    let mut done: Vec<K> = Vec::with_capacity(after.len());
    let mut placed: BTreeSet<&K> = BTreeSet::new();
    loop {
        let next = after.iter().find(|(key, before)| {
            !placed.contains(key) && before.iter().all(|key| placed.contains(key) || !after.contains_key(key))
        });
        match next {
            Some((key, _)) => {
                placed.insert(key);
                done.push(key.clone());
            }
            None if done.len() == after.len() => return Ok(done),
            None => return Err(after.keys().filter(|key| !placed.contains(key)).cloned().collect()),
        }
    }
}
