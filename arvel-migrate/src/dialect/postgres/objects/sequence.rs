//! Sequences. What is not said is the server's own choice, and an inspection shows it.

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{Object, SequenceDef},
};

/// `CREATE SEQUENCE "name" …`.
pub(super) fn create(scope: &Scope<'_>, def: &SequenceDef) -> Result<Vec<Statement>, CompileError> {
    let mut sql = format!("CREATE SEQUENCE {}", scope.table(&def.name)?);
    if let Some(kind) = &def.data_type {
        if !["smallint", "integer", "bigint"].contains(&kind.as_str()) {
            return Err(scope.unsupported(
                format!("a sequence can not be of type `{kind}`"),
                "use `smallint`, `integer` or `bigint`",
            ));
        }
        sql.push_str(&format!(" AS {kind}"));
    }
    let numbers = [
        ("INCREMENT BY", def.increment),
        ("MINVALUE", def.minimum),
        ("MAXVALUE", def.maximum),
        ("START WITH", def.start),
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
    if let Some((table, column)) = &def.owned_by {
        sql.push_str(&format!(" OWNED BY {}.{}", scope.table(table)?, scope.ident(column)?));
    }
    let probe = Probe::ObjectExists(Object::Sequence(def.clone()).id());
    Ok(vec![Statement::new(sql).probed(probe)])
}

/// The sequence as an inspection shows it, with every number.
pub(super) fn catalog(def: &SequenceDef) -> SequenceDef {
    let increment = def.increment.unwrap_or(1);
    let (least, most) = match def.data_type.as_deref() {
        Some("smallint") => (i64::from(i16::MIN), i64::from(i16::MAX)),
        Some("integer") => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    let minimum = def.minimum.unwrap_or(if increment > 0 { 1 } else { least });
    let maximum = def.maximum.unwrap_or(if increment > 0 { most } else { -1 });
    SequenceDef {
        increment: Some(increment),
        minimum: Some(minimum),
        maximum: Some(maximum),
        start: Some(def.start.unwrap_or(if increment > 0 { minimum } else { maximum })),
        cache: Some(def.cache.unwrap_or(1)),
        data_type: def.data_type.clone().filter(|kind| kind != "bigint"),
        ..def.clone()
    }
}
