//! The set in each tool's own words, as its guide and its generator write them.

pub mod arvel;
pub mod seaorm;
pub mod sql;

/// The stamp of migration `number`: days of 25, minutes apart.
fn stamp(number: usize) -> String {
    let day = number / 25;
    format!("2025_{:02}_{:02}_{:02}{:02}00", 1 + day / 28, 1 + day % 28, 9 + number % 25 / 5, number % 5 * 10)
}

/// `owner_id` as a variant: `OwnerId`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').map(word).collect()
}
