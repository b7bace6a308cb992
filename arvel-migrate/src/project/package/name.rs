//! The names of a package: of its crate, its table and its model, one made from the other.

use super::NewPackageError;
use crate::{
    migration::is_package_name,
    project::{field::plural as plural_of, is_device, slug::suggestion},
};

/// Words that Rust keeps for itself.
pub(super) const KEYWORDS: [&str; 52] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self",
    "static", "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized",
    "use", "virtual", "where", "while",
];

/// Crates that come with Rust.
const OF_RUST: [&str; 5] = ["alloc", "core", "proc_macro", "std", "test"];
/// Crates that the package depends on, and ours.
const TAKEN: [&str; 8] =
    ["arvel", "arvel_cli", "arvel_core", "arvel_macros", "arvel_migrate", "inventory", "sqlx", "tokio"];
/// Types that the model's file uses by their names.
const TYPES: [&str; 8] = ["Box", "Err", "None", "Ok", "Option", "Some", "String", "Vec"];

const LONGEST: usize = 64;
/// `create_…_table`, a stamp and the names of keys stay within what a file system and a database take.
const LONGEST_TABLE: usize = 40;

/// Checks the name of a crate.
pub(super) fn check_name(name: &str) -> Result<String, NewPackageError> {
    let suggestion = Some(suggestion(name).replace('_', "-"));
    let suggestion = suggestion.filter(|other| other != name && fault(other).is_none());
    match fault(name) {
        None => Ok(name.to_owned()),
        Some(reason) => Err(NewPackageError::Name { name: name.to_owned(), reason, suggestion }),
    }
}

fn fault(name: &str) -> Option<&'static str> {
    let word = name.replace('-', "_");
    let word = word.as_str();
    let cases = [
        (name.is_empty(), "it is empty"),
        (name.len() > LONGEST, "it is longer than 64 characters"),
        (is_device(name), "Windows keeps it for a device"),
        (
            !name.is_empty() && !is_package_name(name),
            "`a-z`, `0-9`, `_` and `-` are allowed: it becomes part of file names",
        ),
        (name.starts_with(|c: char| c.is_ascii_digit()), "it begins with a digit"),
        (name.starts_with(['-', '_']) || name.ends_with(['-', '_']), "it begins or ends with `-` or `_`"),
        (KEYWORDS.contains(&word), "it is a word of Rust"),
        (OF_RUST.contains(&word), "a crate of this name comes with Rust"),
        (TAKEN.contains(&word), "it is the name of a crate that the package or the application needs"),
    ];
    cases.iter().find(|(wrong, _)| *wrong).map(|(_, reason)| *reason)
}

pub(super) fn check_table(table: &str) -> Result<(), NewPackageError> {
    let letters = table.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    let first = table.starts_with(|c: char| c.is_ascii_lowercase());
    match letters && first && table.len() <= LONGEST_TABLE && !table.ends_with('_') {
        true => Ok(()),
        false => Err(NewPackageError::Table { table: table.to_owned() }),
    }
}

pub(super) fn check_model(model: &str) -> Result<(), NewPackageError> {
    let letters = model.bytes().all(|b| b.is_ascii_alphanumeric());
    let first = model.starts_with(|c: char| c.is_ascii_uppercase());
    let cases = [
        (!letters || !first, "letters and digits are allowed, a capital letter first"),
        (model.len() > LONGEST_TABLE, "it is longer than 40 characters"),
        (KEYWORDS.contains(&model), "it is a word of Rust"),
        (TYPES.contains(&model), "a type of Rust has this name"),
    ];
    match cases.iter().find(|(wrong, _)| *wrong) {
        Some((_, reason)) => Err(NewPackageError::Model { model: model.to_owned(), reason }),
        None => Ok(()),
    }
}

/// `Invoice` of `invoices`, `OrderItem` of `order_items`.
pub(super) fn model_of_table(table: &str) -> String {
    let (head, last) = table.rsplit_once('_').unwrap_or(("", table));
    let one = pluralizer::pluralize(last, 1, false);
    let words = head.split('_').chain([one.as_str()]).filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

/// `order_items` of `OrderItem`.
pub(super) fn table_of_model(model: &str) -> String {
    plural(&suggestion(model))
}

/// The plural of the last word.
pub(super) fn plural(name: &str) -> String {
    plural_of(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_crates() {
        for good in ["acme-billing", "acme_billing", "billing", "b2b", "a"] {
            assert_eq!(check_name(good).ok().as_deref(), Some(good));
        }
        let long = "x".repeat(65);
        let cases = [
            ("", "it is empty", None),
            (&*long, "it is longer than 64 characters", None),
            (
                "AcmeBilling",
                "`a-z`, `0-9`, `_` and `-` are allowed: it becomes part of file names",
                Some("acme-billing"),
            ),
            ("../x", "`a-z`, `0-9`, `_` and `-` are allowed: it becomes part of file names", Some("x")),
            ("a/b", "`a-z`, `0-9`, `_` and `-` are allowed: it becomes part of file names", Some("a-b")),
            ("a\0", "`a-z`, `0-9`, `_` and `-` are allowed: it becomes part of file names", Some("a")),
            ("7up", "it begins with a digit", None),
            ("-x", "it begins or ends with `-` or `_`", Some("x")),
            ("x_", "it begins or ends with `-` or `_`", Some("x")),
            ("type", "it is a word of Rust", None),
            ("proc-macro", "a crate of this name comes with Rust", None),
            ("arvel-migrate", "it is the name of a crate that the package or the application needs", None),
            ("con", "Windows keeps it for a device", None),
            ("com1", "Windows keeps it for a device", None),
        ];
        for (name, expected, would_do) in cases {
            match check_name(name) {
                Err(NewPackageError::Name { reason, suggestion, .. }) => {
                    assert_eq!((reason, suggestion.as_deref()), (expected, would_do), "{name}");
                }
                other => panic!("{name}: {other:?}"),
            }
        }
    }

    #[test]
    fn tables_and_models_of_each_other() {
        for (table, model) in [("invoices", "Invoice"), ("order_items", "OrderItem"), ("people", "Person")] {
            assert_eq!(model_of_table(table), model);
            assert_eq!(table_of_model(model), table);
        }
        assert_eq!(plural("acme_billing"), "acme_billings");
        for bad in ["", "Invoices", "1a", "a.b", "a-b", "a_", "_a"] {
            assert!(check_table(bad).is_err(), "{bad}");
        }
        for bad in ["", "invoice", "Self", "String", "A b", "A_b", "Ä"] {
            assert!(check_model(bad).is_err(), "{bad}");
        }
        assert!(check_table("invoices").is_ok() && check_model("Invoice2").is_ok());
    }
}
