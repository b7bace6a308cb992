//! Columns of the catalog.

use crate::{dialect::Row, operation::Generated, schema::Column};

use super::{
    super::{charset, facts::Facts, literal, types},
    expression, present, text,
};

/// A column, beside the collation of its table.
pub(super) fn column(facts: &Facts, row: &Row, around: &str) -> Column {
    let extra = text(row, "extra");
    let words = extra.to_lowercase();
    let generated = present(row, "expression").map(|text| Generated {
        expression: expression(facts, text),
        stored: words.contains("stored") || words.contains("persistent"),
    });
    let collation = present(row, "collation");
    let apart = collation.map(|collation| charset::apart(&collation, around));
    let (charset, collation) = apart.unwrap_or_default();
    let srid = row.integer("srid").and_then(|srid| u32::try_from(srid).ok()).unwrap_or(0);
    Column {
        name: text(row, "name"),
        type_name: text(row, "type_name") + &types::reference_system(facts, srid),
        nullable: row.text("nullable") == Some("YES"),
        default: default(facts, row).filter(|_| generated.is_none()),
        auto_increment: words.contains("auto_increment"),
        generated,
        invisible: words.contains("invisible"),
        charset,
        collation,
        comment: present(row, "comment"),
        extra: moment_of_update(&extra),
        ..Column::default()
    }
}

/// The default as SQL. MySQL shows bare text, and says which of it is an expression.
fn default(facts: &Facts, row: &Row) -> Option<String> {
    let shown = row.text("default_text")?;
    if facts.sql_defaults {
        // A quote in the literal of a `text` is shown otherwise than in that of a `varchar`.
        let literal = literal::read(shown).map(|text| literal::shown(&text));
        return (shown != "NULL").then(|| literal.unwrap_or_else(|| shown.to_owned()));
    }
    if text(row, "extra").to_uppercase().contains("DEFAULT_GENERATED") {
        return Some(expression(facts, shown.to_owned()));
    }
    let number = shown.parse::<f64>().is_ok() && !is_text(row);
    let bare = number || shown.starts_with("b'") || shown.to_uppercase().starts_with("CURRENT_TIMESTAMP");
    Some(if bare { shown.to_owned() } else { literal::shown(shown) })
}

fn is_text(row: &Row) -> bool {
    let kind = text(row, "data_type").to_lowercase();
    ["char", "text", "enum", "set", "blob", "binary", "json", "date", "time"]
        .iter()
        .any(|word| kind.contains(word))
}

/// What of `EXTRA` has no field of its own: `on update current_timestamp()`. The other words of it are told by others.
fn moment_of_update(extra: &str) -> Option<String> {
    let at = extra.to_lowercase().find("on update ")?;
    let rest = extra.get(at..)?;
    let end = rest.get("on update ".len()..)?.find([' ', ',']).map(|end| end + "on update ".len());
    rest.get(..end.unwrap_or(rest.len())).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_moment_of_an_update_is_found_among_other_words() {
        for (extra, expected) in [
            ("", None),
            ("INVISIBLE", None),
            ("on update current_timestamp(3), INVISIBLE", Some("on update current_timestamp(3)")),
            ("DEFAULT_GENERATED on update CURRENT_TIMESTAMP", Some("on update CURRENT_TIMESTAMP")),
            (
                "DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6) INVISIBLE",
                Some("on update CURRENT_TIMESTAMP(6)"),
            ),
        ] {
            assert_eq!(moment_of_update(extra).as_deref(), expected);
        }
    }
}
