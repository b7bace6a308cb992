//! A portable enumeration: a `varchar(255)` with a check named `{table}_{column}_check`.
//!
//! Inspection shows it as the column's `extra`, `check "posts_status_check" in ('draft', 'live')`, and not among the
//! checks, so that it is replaced with the column. What a check must look like to be read as one: [`read`].

use crate::{dialect::quote, dsl::conventional_name, operation::TableName};

use super::{QUOTE, default::unquote};

/// The check's name for a column.
pub(super) fn check_name(table: &TableName, column: &str) -> String {
    conventional_name(&table.name, &[column], "check")
}

/// `'a', 'b'`.
pub(super) fn list(values: &[String]) -> String {
    values.iter().map(|value| quote::text(value)).collect::<Vec<_>>().join(", ")
}

/// The column's `extra`.
pub(super) fn extra(check: &str, values: &[String]) -> String {
    format!("check {} in ({})", quote::identifier(check, QUOTE), list(values))
}

/// The check's name in a column's `extra`.
pub(super) fn name_in(extra: &str) -> Option<String> {
    let mut rest = extra.strip_prefix("check \"")?;
    let mut name = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        name.push_str(part);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return Some(name),
        }
    }
}

/// The same `extra` with another name of the check.
pub(super) fn renamed(extra: &str, from: &str, to: &str) -> String {
    extra.replacen(&quote::identifier(from, QUOTE), &quote::identifier(to, QUOTE), 1)
}

/// The values, when a check is the enumeration of this column: on a `character varying(255)`, with a name that ends
/// in `_{column}_check`, and an expression of the form in which the server shows `column IN ('a', 'b')`.
pub(super) fn read(check: &str, column: &str, type_name: &str, expression: &str) -> Option<Vec<String>> {
    // A name that was cut by convention ends in `_{hash}_check`, and still in `_check`.
    let suffix = format!("_{column}_check").to_lowercase().replace(['-', '.', ' '], "_");
    let named = check.ends_with(&suffix) || check.len() >= 60;
    if type_name != "character varying(255)" || !named || !check.ends_with("_check") {
        return None;
    }
    let shown = [column.to_owned(), quote::identifier(column, QUOTE)];
    let rest = shown.iter().find_map(|name| expression.strip_prefix(&format!("{name}::text = ")))?;
    if let Some((only, "::text")) = unquote(rest) {
        return Some(vec![only]);
    }
    let mut rest = rest.strip_prefix("ANY (ARRAY[")?;
    let mut values = Vec::new();
    loop {
        let (value, after) = unquote(rest)?;
        values.push(value);
        let after = after.strip_prefix("::character varying")?;
        match after.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return (after == "]::text[])").then_some(values),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_check_of_the_exact_shape_is_an_enumeration() {
        let shown = r"s::text = ANY (ARRAY['a'::character varying, 'it''s'::character varying]::text[])";
        let values = Some(vec!["a".to_owned(), "it's".to_owned()]);
        let text = "character varying(255)";
        assert_eq!(read("t_s_check", "s", text, shown), values);
        assert_eq!(read("t_s_check", "s", text, "s::text = 'a'::text"), Some(vec!["a".to_owned()]));
        assert_eq!(read("mine", "s", text, shown), None);
        assert_eq!(read("t_s_check", "s", "text", shown), None);
        assert_eq!(read("t_s_check", "s", text, "length(s::text) > 3"), None);
    }

    #[test]
    fn the_name_survives_in_extra() {
        let extra = extra("a\"b_check", &["x".to_owned()]);
        assert_eq!(extra, "check \"a\"\"b_check\" in ('x')");
        assert_eq!(name_in(&extra).as_deref(), Some("a\"b_check"));
        assert_eq!(renamed(&extra, "a\"b_check", "c"), "check \"c\" in ('x')");
    }
}
