//! Enum types.

use crate::{
    dialect::{CompileError, Probe, Statement, quote, scope::Scope},
    operation::{EnumChange, EnumDef, EnumPlace, Object, TableName},
};

/// `CREATE TYPE "mood" AS ENUM ('happy', 'sad')`.
pub(super) fn create(scope: &Scope<'_>, def: &EnumDef) -> Result<Vec<Statement>, CompileError> {
    let values = def.values.iter().map(|text| value(scope, text)).collect::<Result<Vec<_>, _>>()?;
    let sql = format!("CREATE TYPE {} AS ENUM ({})", scope.table(&def.name)?, values.join(", "));
    Ok(vec![Statement::new(sql).probed(Probe::ObjectExists(Object::Enum(def.clone()).id()))])
}

/// `ALTER TYPE "mood" ADD VALUE 'angry' AFTER 'sad'`.
pub(super) fn alter(
    scope: &Scope<'_>,
    name: &TableName,
    change: &EnumChange,
) -> Result<Vec<Statement>, CompileError> {
    let name = scope.table(name)?;
    let sql = match change {
        EnumChange::AddValue { value: text, place } => {
            let place = match place {
                Some(EnumPlace::Before(other)) => format!(" BEFORE {}", value(scope, other)?),
                Some(EnumPlace::After(other)) => format!(" AFTER {}", value(scope, other)?),
                None => String::new(),
            };
            format!("ALTER TYPE {name} ADD VALUE {}{place}", value(scope, text)?)
        }
        EnumChange::RenameValue { from, to } => {
            format!("ALTER TYPE {name} RENAME VALUE {} TO {}", value(scope, from)?, value(scope, to)?)
        }
    };
    Ok(vec![Statement::new(sql)])
}

/// A value as a literal. It is kept like a name, and must be as short as one.
fn value(scope: &Scope<'_>, text: &str) -> Result<String, CompileError> {
    let longest = scope.capability.longest_identifier;
    if text.is_empty() || text.len() > longest {
        return Err(scope.unsupported(
            format!("the value '{text}' is {} bytes long; a value has 1 to {longest}", text.len()),
            "use shorter values, or an `enumeration(…)` without a type of its own",
        ));
    }
    Ok(quote::text(text))
}
