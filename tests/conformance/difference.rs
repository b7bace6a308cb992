//! Two schemas held against each other, and what differs in words that a failing test can show.

use std::fmt::Debug;

use arvel_migrate::schema::{DatabaseSchema, Table};

/// The lines by which the two differ; nothing when they are the same.
pub(crate) fn difference(expected: &DatabaseSchema, found: &DatabaseSchema) -> Vec<String> {
    let mut out = Vec::new();
    for (name, table) in &expected.tables {
        match found.tables.get(name) {
            None => out.push(format!("table {name} is missing")),
            Some(other) => out.extend(tables(&name.to_string(), table, other)),
        }
    }
    let more = found.tables.keys().filter(|name| !expected.tables.contains_key(*name));
    out.extend(more.map(|name| format!("table {name} is there")));
    for (id, object) in &expected.objects {
        match found.objects.get(id) {
            None => out.push(format!("{id} is missing")),
            Some(other) if other != object => out.push(pair(&id.to_string(), object, other)),
            Some(_) => {}
        }
    }
    let more = found.objects.keys().filter(|id| !expected.objects.contains_key(*id));
    out.extend(more.map(|id| format!("{id} is there")));
    out
}

fn pair(what: &str, expected: &impl Debug, found: &impl Debug) -> String {
    format!("{what}:\n    expected {expected:?}\n    found    {found:?}")
}

fn tables(name: &str, expected: &Table, found: &Table) -> Vec<String> {
    let mut out = Vec::new();
    macro_rules! lists {
        ($($field:ident),*) => { $(
            let (one, other) = (&expected.$field, &found.$field);
            for at in 0..one.len().max(other.len()) {
                if one.get(at) != other.get(at) {
                    out.push(pair(&format!("{name}, {} {at}", stringify!($field)), &one.get(at), &other.get(at)));
                }
            }
        )* };
    }
    macro_rules! values {
        ($($field:ident),*) => { $(
            if expected.$field != found.$field {
                let what = format!("{name}, {}", stringify!($field));
                out.push(pair(&what, &expected.$field, &found.$field));
            }
        )* };
    }
    lists!(columns, indexes, foreign_keys, checks, exclusions, partitions, triggers, views);
    values!(primary_key, comment, options, partition_by, sql);
    if out.is_empty() && expected != found {
        out.push(pair(name, expected, found));
    }
    out
}
