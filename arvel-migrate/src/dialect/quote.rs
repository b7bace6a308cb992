//! Quoting by doubling, and the check that a name can be quoted at all. The only place where names enter SQL.

use super::{Capability, CompileError};

/// `"na""me"`, for any quote character.
pub(crate) fn identifier(name: &str, quote: char) -> String {
    let mut out = String::with_capacity(name.len() + 2);
    out.push(quote);
    for c in name.chars() {
        if c == quote {
            out.push(quote);
        }
        out.push(c);
    }
    out.push(quote);
    out
}

/// `"a", "b"`.
pub(crate) fn list<S: AsRef<str>>(names: &[S], quote: char) -> String {
    names.iter().map(|name| identifier(name.as_ref(), quote)).collect::<Vec<_>>().join(", ")
}

/// A text literal in standard SQL: `'it''s'`.
pub(crate) fn text(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Refuses names that the engine would cut, and those that can not be written.
pub(crate) fn check(name: &str, capability: &Capability) -> Result<(), CompileError> {
    if name.is_empty() || name.contains('\0') {
        return Err(CompileError::BadName { name: name.to_owned() });
    }
    if name.len() > capability.longest_identifier {
        return Err(CompileError::NameTooLong {
            name: name.to_owned(),
            length: name.len(),
            limit: capability.longest_identifier,
            dialect: capability.display_name,
        });
    }
    Ok(())
}
