//! Sequences (MariaDB). What is not said is the server's own choice, and an inspection shows it.

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{Object, SequenceDef},
};

use super::super::facts::Facts;

/// The largest and the smallest number: the outermost two of a `bigint` are the server's own.
const MOST: i64 = i64::MAX - 1;
const LEAST: i64 = i64::MIN + 1;

/// How many values a connection takes at once when nothing is said.
const CACHE: i64 = 1000;

/// The types since MariaDB 11.5, with their smallest and largest values. The outermost are the server's own too.
const TYPES: &[(&str, i64, i64)] = &[
    ("tinyint", -127, 126),
    ("smallint", -32_767, 32_766),
    ("mediumint", -8_388_607, 8_388_606),
    ("int", -2_147_483_647, 2_147_483_646),
    ("bigint", LEAST, MOST),
];

/// ``CREATE SEQUENCE `name` …``.
pub(super) fn create(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &SequenceDef,
) -> Result<Vec<Statement>, CompileError> {
    check(scope, facts, def)?;
    let mut sql = format!("CREATE SEQUENCE {}", scope.table(&def.name)?);
    if let Some(kind) = &def.data_type {
        sql.push_str(&format!(" AS {}", plain(kind)));
    }
    let numbers = [
        ("START WITH", def.start),
        ("MINVALUE", def.minimum),
        ("MAXVALUE", def.maximum),
        ("INCREMENT BY", def.increment),
        ("CACHE", def.cache),
    ];
    for (word, number) in numbers {
        if let Some(number) = number {
            sql.push_str(&format!(" {word} {number}"));
        }
    }
    if def.cycle {
        sql.push_str(" CYCLE");
    }
    let probe = Probe::ObjectExists(Object::Sequence(def.clone()).id());
    Ok(vec![Statement::new(sql).probed(probe)])
}

fn check(scope: &Scope<'_>, facts: &Facts, def: &SequenceDef) -> Result<(), CompileError> {
    if let Some((table, _)) = &def.owned_by {
        return Err(scope.unsupported(
            "a sequence goes with no column",
            format!("take `owned_by` away, and drop the sequence where `{table}` is dropped"),
        ));
    }
    if let Some(kind) = &def.data_type {
        if !facts.sequence_types {
            return Err(scope.unsupported(
                "all sequences are of `bigint` before MariaDB 11.5",
                "take `of_type` away, and say `minimum(…)` and `maximum(…)`",
            ));
        }
        if bounds(kind).is_none() {
            let names: Vec<&str> = TYPES.iter().map(|(name, ..)| *name).collect();
            let reason = format!("a sequence can not be of type `{kind}`");
            return Err(scope.unsupported(reason, format!("there are {}", names.join(", "))));
        }
    }
    let (least, most) = bounds(def.data_type.as_deref().unwrap_or("bigint")).unwrap_or((LEAST, MOST));
    let whole = catalog(def);
    let (minimum, maximum) = (whole.minimum.unwrap_or(least), whole.maximum.unwrap_or(most));
    if minimum < least || maximum > most {
        return Err(scope.unsupported(
            format!("a sequence counts from {least} to {most} at most"),
            "say a `minimum(…)` and a `maximum(…)` between them",
        ));
    }
    if minimum >= maximum || whole.start.is_some_and(|start| start < minimum || start > maximum) {
        return Err(scope.unsupported(
            format!(
                "it would count from {minimum} to {maximum} and begin with {}",
                whole.start.unwrap_or_default()
            ),
            "say `minimum(…)`, `maximum(…)` and `start(…)` so that they fit together",
        ));
    }
    let step = whole.increment.unwrap_or(1);
    if whole.cache.unwrap_or(0).checked_mul(step).and_then(|taken| taken.checked_add(step)).is_none() {
        return Err(scope.unsupported(
            "so many values of such a step do not fit into a number",
            "take fewer values at once with `cache(…)`",
        ));
    }
    Ok(())
}

/// A type as the catalog names it.
fn plain(kind: &str) -> String {
    match kind.to_lowercase().as_str() {
        "integer" => "int".to_owned(),
        other => other.to_owned(),
    }
}

fn bounds(kind: &str) -> Option<(i64, i64)> {
    let kind = plain(kind);
    TYPES.iter().find(|(name, ..)| *name == kind).map(|(_, least, most)| (*least, *most))
}

/// The sequence as an inspection shows it, with every number.
pub(super) fn catalog(def: &SequenceDef) -> SequenceDef {
    let increment = def.increment.unwrap_or(1);
    let (least, most) = def.data_type.as_deref().and_then(bounds).unwrap_or((LEAST, MOST));
    let minimum = def.minimum.unwrap_or(if increment > 0 { 1 } else { least });
    let maximum = def.maximum.unwrap_or(if increment > 0 { most } else { -1 });
    SequenceDef {
        increment: Some(increment),
        minimum: Some(minimum),
        maximum: Some(maximum),
        start: Some(def.start.unwrap_or(if increment > 0 { minimum } else { maximum })),
        cache: Some(def.cache.unwrap_or(CACHE)),
        data_type: def.data_type.as_deref().map(plain).filter(|kind| kind != "bigint"),
        ..def.clone()
    }
}
