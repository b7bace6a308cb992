//! The digest of an applied set: what start-up compares instead of reading every row.
//!
//! It is the sum, modulo 2^256, of the SHA-256 of each member, so it does not depend on order, and applying or undoing
//! one migration changes it in constant time however many are applied. It detects differences; it is no signature.
//!
//! A member is known by its origin where it has one, so that a package's migration is the same member whether it runs
//! in place or from the file that was published of it.

use std::borrow::Borrow;

use sha2::{Digest as _, Sha256};

use crate::migration::{Checksum, hex};

/// A digest of a set of migrations with their checksums: of their [identities](crate::migration::Migration::identity).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SetDigest {
    sum: [u8; 32],
    count: u64,
}

impl SetDigest {
    /// The digest of a whole set.
    #[must_use]
    pub fn of(members: impl IntoIterator<Item = (impl AsRef<str>, impl Borrow<Checksum>)>) -> Self {
        let mut digest = Self::default();
        for (identity, checksum) in members {
            digest.add(identity.as_ref(), checksum.borrow());
        }
        digest
    }

    /// With one member more.
    pub fn add(&mut self, identity: &str, checksum: &Checksum) {
        let mut carry = 0u16;
        for (sum, byte) in self.sum.iter_mut().rev().zip(member(identity, checksum).iter().rev()) {
            let total = u16::from(*sum) + u16::from(*byte) + carry;
            *sum = total.to_be_bytes()[1];
            carry = total >> 8;
        }
        self.count += 1;
    }

    /// With one member fewer.
    pub fn remove(&mut self, identity: &str, checksum: &Checksum) {
        let mut borrow = 0i16;
        for (sum, byte) in self.sum.iter_mut().rev().zip(member(identity, checksum).iter().rev()) {
            let total = i16::from(*sum) - i16::from(*byte) - borrow;
            *sum = total.rem_euclid(256).to_be_bytes()[1];
            borrow = i16::from(total < 0);
        }
        self.count = self.count.saturating_sub(1);
    }

    /// How many members.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The text that the meta table holds: `v1:` and 64 hexadecimal digits; empty for the empty set.
    #[must_use]
    pub fn text(&self) -> String {
        if self.count == 0 { String::new() } else { format!("v1:{}", hex(&self.sum)) }
    }
}

fn member(identity: &str, checksum: &Checksum) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(identity.as_bytes());
    hash.update([0]);
    hash.update(checksum.as_str().as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str) -> (String, Checksum) {
        (name.to_owned(), Checksum::of_text(name))
    }

    #[test]
    fn order_does_not_matter_and_removal_undoes() {
        let all: Vec<_> = (0..50).map(|n| one(&format!("r{n}"))).collect();
        let forward = SetDigest::of(all.iter().map(|(r, c)| (r, c)));
        let mut backward = SetDigest::of(all.iter().rev().map(|(r, c)| (r, c)));
        assert_eq!(forward, backward);
        for (revision, checksum) in &all[10..] {
            backward.remove(revision, checksum);
        }
        assert_eq!(backward, SetDigest::of(all[..10].iter().map(|(r, c)| (r, c))));
        for (revision, checksum) in &all[..10] {
            backward.remove(revision, checksum);
        }
        assert_eq!((backward.text(), backward.count()), (String::new(), 0));
    }

    #[test]
    fn a_changed_checksum_is_another_set() {
        let (revision, checksum) = one("a");
        let other = Checksum::of_text("b");
        assert_ne!(SetDigest::of([(&revision, checksum)]), SetDigest::of([(&revision, other)]));
    }
}
