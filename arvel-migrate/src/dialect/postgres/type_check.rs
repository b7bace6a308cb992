//! What a type can not say of itself, and a check beside it does: the values of an enumeration that is a
//! `character varying(255)`, and the length of bytes, which `bytea` has no word for.
//!
//! The check is named `{table}_{column}_check`. Inspection shows it as the column's `extra`,
//! `check "posts_status_check" in ('draft', 'live')`, and not among the checks, so that it is replaced with the column.
//! What a check must look like to be read as one: [`read`].

use crate::{
    dialect::quote,
    dsl::conventional_name,
    operation::{ColumnDef, ColumnType, TableName},
};

use super::{QUOTE, default::unquote, name};

/// What is held by the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// The value is one of these.
    OneOf(Vec<String>),
    /// There are at most so many bytes.
    AtMost(u32),
    /// There are exactly so many bytes.
    Exactly(u32),
}

impl Held {
    /// What the type asks for; nothing for most.
    pub fn of(kind: &ColumnType) -> Option<Self> {
        match kind {
            ColumnType::Enumeration { values, type_name: None } => Some(Self::OneOf(values.clone())),
            ColumnType::BinaryOf { length, fixed: false } => Some(Self::AtMost(*length)),
            ColumnType::BinaryOf { length, fixed: true } => Some(Self::Exactly(*length)),
            _ => None,
        }
    }

    /// The expression over a quoted column.
    pub fn sql(&self, column: &str) -> String {
        match self {
            Held::OneOf(values) => format!("{column} IN ({})", list(values)),
            Held::AtMost(length) => format!("octet_length({column}) <= {length}"),
            Held::Exactly(length) => format!("octet_length({column}) = {length}"),
        }
    }

    /// The column's `extra`.
    pub fn extra(&self, check: &str) -> String {
        let what = match self {
            Held::OneOf(values) => format!("in ({})", list(values)),
            Held::AtMost(length) => format!("at most {length} bytes"),
            Held::Exactly(length) => format!("exactly {length} bytes"),
        };
        format!("check {} {what}", quote::identifier(check, QUOTE))
    }

    /// What a column's `extra` says.
    pub fn in_extra(extra: &str) -> Option<Self> {
        let name = quote::identifier(&name_in(extra)?, QUOTE);
        let what = extra.strip_prefix("check ")?.strip_prefix(&name)?.strip_prefix(' ')?;
        let length = |word: &str| what.strip_prefix(word)?.strip_suffix(" bytes")?.parse().ok();
        if let Some(length) = length("at most ") {
            return Some(Self::AtMost(length));
        }
        if let Some(length) = length("exactly ") {
            return Some(Self::Exactly(length));
        }
        let mut rest = what.strip_prefix("in (")?;
        let mut values = Vec::new();
        loop {
            let (value, after) = unquote(rest)?;
            values.push(value);
            match after.strip_prefix(", ") {
                Some(more) => rest = more,
                None => return (after == ")").then_some(Self::OneOf(values)),
            }
        }
    }

    /// The type beside which it stands.
    pub fn kind(self) -> ColumnType {
        match self {
            Held::OneOf(values) => ColumnType::Enumeration { values, type_name: None },
            Held::AtMost(length) => ColumnType::BinaryOf { length, fixed: false },
            Held::Exactly(length) => ColumnType::BinaryOf { length, fixed: true },
        }
    }
}

/// The check's name for a definition.
pub(super) fn name_of(table: &TableName, def: &ColumnDef) -> String {
    def.type_check.clone().unwrap_or_else(|| check_name(table, &def.name))
}

/// The check's name after its column took another one. One that began with the former name of the table still does: then
/// the way back leads to the name that it had.
pub(super) fn followed(check: &str, table: &TableName, from: &str, to: &str) -> String {
    let begins = check.strip_suffix(&suffix(from)).filter(|_| check != check_name(table, from));
    let name = begins.map(|begins| format!("{begins}{}", suffix(to))).filter(|name| name.len() < 60);
    name.unwrap_or_else(|| check_name(table, to))
}

fn suffix(column: &str) -> String {
    format!("_{column}_check").to_lowercase().replace(['-', '.', ' '], "_")
}

/// The check's name for a column, by convention.
pub(super) fn check_name(table: &TableName, column: &str) -> String {
    conventional_name(&table.name, &[column], "check")
}

fn list(values: &[String]) -> String {
    values.iter().map(|value| quote::text(value)).collect::<Vec<_>>().join(", ")
}

/// The check's name in a column's `extra`.
pub(super) fn name_in(extra: &str) -> Option<String> {
    let quoted = extra.strip_prefix("check ").filter(|rest| rest.starts_with(QUOTE))?;
    name::read(quoted).map(|(name, _)| name)
}

/// The same `extra` with another name of the check.
pub(super) fn renamed(extra: &str, from: &str, to: &str) -> String {
    extra.replacen(&quote::identifier(from, QUOTE), &quote::identifier(to, QUOTE), 1)
}

/// What a check holds, when it is the one beside this column's type: with a name that ends in `_{column}_check`, and an
/// expression of the form in which the server shows what [`Held::sql`] says.
pub(super) fn read(check: &str, column: &str, type_name: &str, expression: &str) -> Option<Held> {
    // A name that was cut by convention ends in `_{hash}_check`, and still in `_check`.
    let named = check.ends_with(&suffix(column)) || check.len() >= 60;
    if !named || !check.ends_with("_check") {
        return None;
    }
    let column = name::shown(column);
    match type_name {
        "bytea" => {
            let rest = expression.strip_prefix(&format!("octet_length({column}) "))?;
            let (operator, length) = rest.split_once(' ')?;
            let length = length.parse().ok()?;
            match operator {
                "<=" => Some(Held::AtMost(length)),
                "=" => Some(Held::Exactly(length)),
                _ => None,
            }
        }
        "character varying(255)" => values(expression.strip_prefix(&format!("{column}::text = "))?),
        _ => None,
    }
}

fn values(rest: &str) -> Option<Held> {
    if let Some((only, "::text")) = unquote(rest) {
        return Some(Held::OneOf(vec![only]));
    }
    let mut rest = rest.strip_prefix("ANY (ARRAY[")?;
    let mut values = Vec::new();
    loop {
        let (value, after) = unquote(rest)?;
        values.push(value);
        let after = after.strip_prefix("::character varying")?;
        match after.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return (after == "]::text[])").then_some(Held::OneOf(values)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_check_of_the_exact_shape_is_read() {
        let shown = r"s::text = ANY (ARRAY['a'::character varying, 'it''s'::character varying]::text[])";
        let values = Some(Held::OneOf(vec!["a".to_owned(), "it's".to_owned()]));
        let text = "character varying(255)";
        assert_eq!(read("t_s_check", "s", text, shown), values);
        let one = Some(Held::OneOf(vec!["a".to_owned()]));
        assert_eq!(read("t_s_check", "s", text, "s::text = 'a'::text"), one);
        assert_eq!(read("mine", "s", text, shown), None);
        assert_eq!(read("t_s_check", "s", "text", shown), None);
        assert_eq!(read("t_s_check", "s", text, "length(s::text) > 3"), None);
        assert_eq!(
            read("t_b_b_check", "B b", "bytea", "octet_length(\"B b\") <= 16"),
            Some(Held::AtMost(16))
        );
        assert_eq!(read("t_b_check", "b", "bytea", "octet_length(b) = 16"), Some(Held::Exactly(16)));
        assert_eq!(read("t_b_check", "b", "bytea", "octet_length(b) > 16"), None);
    }

    #[test]
    fn the_name_survives_in_extra() {
        let extra = Held::OneOf(vec!["x".to_owned()]).extra("a\"b_check");
        assert_eq!(extra, "check \"a\"\"b_check\" in ('x')");
        assert_eq!(name_in(&extra).as_deref(), Some("a\"b_check"));
        assert_eq!(renamed(&extra, "a\"b_check", "c"), "check \"c\" in ('x')");
        assert_eq!(Held::Exactly(2).extra("c"), "check \"c\" exactly 2 bytes");
        for held in [Held::Exactly(2), Held::AtMost(300), Held::OneOf(vec!["it's".into(), ", ".into()])] {
            assert_eq!(Held::in_extra(&held.extra("a\"b")), Some(held.clone()));
        }
    }
}
