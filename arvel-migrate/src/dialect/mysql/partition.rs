//! How the rows of a table are split: as CREATE says it, and as the catalog shows it.
//!
//! Keys that are all columns of the table are `RANGE COLUMNS` and `LIST COLUMNS`; a single expression is `RANGE (…)`,
//! which wants whole numbers. Bounds are written as the manual writes them (`VALUES LESS THAN (2020)`).
//!
//! Partitions of a table that is there are in [`objects`](super::objects).

use crate::{
    dialect::{CompileError, quote, scope::Scope, words},
    operation::{IndexKind, PartitionBy, PartitionStrategy, TableChange, TableDef, TableName},
    schema::Table,
};

use super::{QUOTE, facts::Facts, shape::Refusal};

/// `PARTITION BY RANGE (year(day)) (PARTITION p0 VALUES LESS THAN (2020))`.
pub(super) fn clause(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableDef,
    by: &PartitionBy,
) -> Result<String, CompileError> {
    check(facts, table, by).map_err(|refusal| refusal.of(scope))?;
    let mut sql = format!("PARTITION BY {}", split(table, by));
    let bounded = by.partitions.iter().any(|(_, bounds)| !bounds.is_empty());
    if bounded || !by.partitions.is_empty() {
        let mut parts = Vec::new();
        for (name, bounds) in &by.partitions {
            let bounds = if bounds.is_empty() { String::new() } else { format!(" {bounds}") };
            parts.push(format!("PARTITION {}{bounds}", scope.ident(name)?));
        }
        sql.push_str(&format!(" (\n    {}\n)", parts.join(",\n    ")));
    }
    Ok(sql)
}

/// `` RANGE COLUMNS (`day`) ``, as the catalog has it too.
pub(super) fn split(table: &TableDef, by: &PartitionBy) -> String {
    let of_columns = by.keys.iter().all(|key| is_column(table, key));
    let word = match (by.strategy, of_columns) {
        (PartitionStrategy::Range, true) => "RANGE COLUMNS",
        (PartitionStrategy::Range, false) => "RANGE",
        (PartitionStrategy::List, true) => "LIST COLUMNS",
        (PartitionStrategy::List, false) => "LIST",
        (PartitionStrategy::Hash, _) => "HASH",
        (PartitionStrategy::Key, _) => "KEY",
    };
    let keys = by.keys.iter().map(|key| match is_column(table, key) {
        true => quote::identifier(key, QUOTE),
        false => key.clone(),
    });
    format!("{word} ({})", keys.collect::<Vec<_>>().join(","))
}

fn is_column(table: &TableDef, key: &str) -> bool {
    table.columns.iter().any(|column| column.name == key)
}

fn check(facts: &Facts, table: &TableDef, by: &PartitionBy) -> Result<(), Refusal> {
    let of_columns = by.keys.iter().all(|key| is_column(table, key));
    let bounded = matches!(by.strategy, PartitionStrategy::Range | PartitionStrategy::List);
    if bounded && by.partitions.is_empty() {
        return Err(Refusal::new(
            "a table split by range or list is made with its first partitions",
            "add them with `partition(…)`",
        ));
    }
    if by.keys.len() > 1 && !of_columns {
        return Err(Refusal::new(
            "rows are split by several columns, or by one expression",
            "use generated columns for the others",
        ));
    }
    let bounds = Bounds::of_strategy(by.strategy);
    for (name, text) in &by.partitions {
        bounds.check(facts, name, text)?;
    }
    for pair in by.partitions.windows(2) {
        if let [(first, one), (second, other)] = pair
            && bounds == Bounds::LessThan
            && is_below(one, other) == Some(false)
        {
            return Err(Refusal::new(
                format!("partition `{second}` does not end behind `{first}`"),
                "write the partitions of a range from the lowest bound to the highest",
            ));
        }
    }
    if !table.foreign_keys.is_empty() {
        return Err(no_foreign_keys());
    }
    let counting = table.columns.iter().find(|column| column.auto_increment);
    let primary = table.primary_key.as_ref().map(|key| ("the primary key".to_owned(), key.columns.clone()));
    let primary =
        primary.or(counting.map(|column| ("the primary key".to_owned(), vec![column.name.clone()])));
    let unique = table.indexes.iter().filter(|index| index.kind == IndexKind::Unique);
    let unique =
        unique.map(|index| (format!("unique key `{}`", index.name), index.column_names().cloned().collect()));
    for (key, columns) in primary.into_iter().chain(unique) {
        let columns: Vec<String> = columns;
        let missing = table.columns.iter().map(|column| &column.name).find(|column| {
            let used = by.keys.iter().any(|key| words::mentions(key, column, QUOTE));
            used && !columns.contains(column)
        });
        if let Some(missing) = missing {
            return Err(not_in_key(missing, &key));
        }
    }
    Ok(())
}

/// The kind of bounds that the partitions of a table have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bounds {
    /// `VALUES LESS THAN (…)`.
    LessThan,
    /// `VALUES IN (…)`.
    In,
    /// A hash has none.
    None,
}

impl Bounds {
    fn of_strategy(strategy: PartitionStrategy) -> Self {
        match strategy {
            PartitionStrategy::Range => Self::LessThan,
            PartitionStrategy::List => Self::In,
            PartitionStrategy::Hash | PartitionStrategy::Key => Self::None,
        }
    }

    /// Of a table that is split so, in the catalog's words.
    pub fn of(by: &str) -> Self {
        match by.split([' ', '(']).next() {
            Some("RANGE") => Self::LessThan,
            Some("LIST") => Self::In,
            _ => Self::None,
        }
    }

    /// Refuses bounds of another kind.
    pub fn check(self, facts: &Facts, name: &str, bounds: &str) -> Result<(), Refusal> {
        let words: Vec<String> =
            bounds.split([' ', '(']).filter(|word| !word.is_empty()).map(str::to_uppercase).collect();
        let words: Vec<&str> = words.iter().take(3).map(String::as_str).collect();
        let refuse = |reason: String, alternative: &str| Err(Refusal::new(reason, alternative));
        match (self, words.as_slice()) {
            (Self::LessThan, ["VALUES", "LESS", "THAN"]) | (Self::In, ["VALUES", "IN", ..]) => Ok(()),
            (Self::In, ["DEFAULT"]) if facts.default_partitions => Ok(()),
            (Self::In, ["DEFAULT"]) => refuse(
                format!("partition `{name}`: a list has no partition for all other values"),
                "name the values with `VALUES IN (…)`",
            ),
            (Self::None, []) => Ok(()),
            (Self::None, _) => {
                refuse(format!("partition `{name}` has bounds; a hash has none"), "leave the bounds empty")
            }
            (Self::LessThan, _) => refuse(
                format!("partition `{name}` of a range has no upper bound"),
                "write `VALUES LESS THAN (…)`",
            ),
            (Self::In, _) => {
                refuse(format!("partition `{name}` of a list has no values"), "write `VALUES IN (…)`")
            }
        }
    }
}

/// Whether one upper bound is below another; `None` where only the server can tell: expressions, and texts, whose order
/// is that of a collation.
pub(super) fn is_below(one: &str, other: &str) -> Option<bool> {
    let (one, other) = (upper(one)?, upper(other)?);
    let fixed = |bound: &str| bound.starts_with('\'');
    for (one, other) in one.iter().zip(&other) {
        match (one.as_str(), other.as_str()) {
            ("MAXVALUE", _) => return Some(false),
            (_, "MAXVALUE") => return Some(true),
            (one, other) if fixed(one) && fixed(other) => match one.cmp(other) {
                std::cmp::Ordering::Equal => {}
                order => return Some(order.is_lt()),
            },
            (one, other) => match one.parse::<i128>().ok()?.cmp(&other.parse::<i128>().ok()?) {
                std::cmp::Ordering::Equal => {}
                order => return Some(order.is_lt()),
            },
        }
    }
    Some(false)
}

/// The values of `VALUES LESS THAN (…)`: whole numbers, moments in quotes, `MAXVALUE`.
fn upper(bounds: &str) -> Option<Vec<String>> {
    let list = bounds.trim().get("VALUES LESS THAN".len()..)?.trim();
    let list = list.strip_prefix('(').map_or(Some(list), |list| list.strip_suffix(')'))?;
    let values: Vec<String> = list.split(',').map(|value| value.trim().to_uppercase()).collect();
    let moment = |value: &str| {
        value.len() >= 2
            && value.starts_with('\'')
            && value.ends_with('\'')
            && value[1..value.len() - 1].chars().all(|c| c.is_ascii_digit() || "-: .".contains(c))
    };
    let known = |value: &String| value == "MAXVALUE" || value.parse::<i128>().is_ok() || moment(value);
    values.iter().all(known).then_some(values)
}

/// Refuses a change with which the split rows of a table can not live.
pub(super) fn takes(table: &Table, change: &TableChange) -> Result<(), Refusal> {
    let Some(by) = &table.partition_by else { return Ok(()) };
    let (key, columns) = match change {
        TableChange::AddForeignKey(_) => return Err(no_foreign_keys()),
        TableChange::AddPrimaryKey(key) => ("the primary key".to_owned(), key.columns.clone()),
        TableChange::AddIndex(def) if def.kind == IndexKind::Unique => {
            (format!("unique key `{}`", def.name), def.column_names().cloned().collect())
        }
        TableChange::DropColumn { name } if words::mentions(by, name, QUOTE) => {
            return Err(Refusal::new(
                format!("the rows of the table are split by `{name}`"),
                "split them otherwise first: `ALTER TABLE … PARTITION BY …` or `… REMOVE PARTITIONING` with \
                 `schema.sql_for(\"mysql\", …)`",
            ));
        }
        _ => return Ok(()),
    };
    let mut names = table.columns.iter().map(|column| &column.name);
    match names.find(|column| words::mentions(by, column, QUOTE) && !columns.contains(column)) {
        Some(missing) => Err(not_in_key(missing, &key)),
        None => Ok(()),
    }
}

fn no_foreign_keys() -> Refusal {
    Refusal::new(
        "a table whose rows are split can not have foreign keys",
        "leave them away, or do not split it",
    )
}

fn not_in_key(missing: &str, key: &str) -> Refusal {
    Refusal::new(
        format!("rows are split by `{missing}`, which is not part of {key}"),
        format!("add `{missing}` to the key"),
    )
}

/// The partitions of a new table as the catalog shows them.
pub(super) fn apply(def: &TableDef, table: &mut Table) {
    let Some(by) = &def.partition_by else { return };
    let split = split(def, by);
    let named = by.partitions.iter().map(|(name, bounds)| (part(&def.name, name), shown(&split, bounds)));
    table.partitions = named.collect();
    table.partition_by = Some(split);
    if table.partitions.is_empty() {
        table.partitions.push((part(&def.name, "p0"), String::new()));
    }
}

/// A partition is no table of its own here; it has its table's schema.
pub(super) fn part(table: &TableName, name: &str) -> TableName {
    TableName { schema: table.schema.clone(), name: name.to_owned() }
}

/// Bounds as written, as the catalog shows them: the end of all values has parentheses where columns are meant.
pub(super) fn shown(by: &str, bounds: &str) -> String {
    let bounds = bounds.trim();
    let last = upper(bounds).is_some_and(|values| values == ["MAXVALUE"]);
    match last {
        true if by.starts_with("RANGE COLUMNS") => "VALUES LESS THAN (MAXVALUE)".to_owned(),
        true => "VALUES LESS THAN MAXVALUE".to_owned(),
        false => bounds.to_owned(),
    }
}

/// The bounds as the catalog tells them.
pub(super) fn bounds(method: &str, description: Option<&str>) -> String {
    match description {
        None => String::new(),
        // So it shows the partition for all other values. That of a LIST without COLUMNS is shown as `0`.
        Some("MAXVALUE") if method == "LIST COLUMNS" => "DEFAULT".to_owned(),
        Some("MAXVALUE") if method == "RANGE" => "VALUES LESS THAN MAXVALUE".to_owned(),
        Some(text) if method.starts_with("RANGE") => format!("VALUES LESS THAN ({text})"),
        Some(text) => format!("VALUES IN ({text})"),
    }
}

/// How a table is split as a definition; `None` where a definition has no word for it.
pub(super) fn read(text: &str, partitions: &[(TableName, String)]) -> Option<PartitionBy> {
    let (word, keys) = text.split_once(" (")?;
    let keys = keys.strip_suffix(')')?;
    let (strategy, of_columns) = match word {
        "RANGE" => (PartitionStrategy::Range, false),
        "RANGE COLUMNS" => (PartitionStrategy::Range, true),
        "LIST" => (PartitionStrategy::List, false),
        "LIST COLUMNS" => (PartitionStrategy::List, true),
        "HASH" => (PartitionStrategy::Hash, false),
        "KEY" => (PartitionStrategy::Key, true),
        _ => return None,
    };
    let keys = match of_columns {
        _ if keys.is_empty() => Vec::new(),
        true => columns(keys)?,
        false => vec![keys.to_owned()],
    };
    let partitions = partitions.iter().map(|(name, bounds)| (name.name.clone(), bounds.clone())).collect();
    Some(PartitionBy { strategy, keys, partitions })
}

/// The names in `` `a`,`b` ``.
fn columns(mut list: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    loop {
        let mut rest = list.strip_prefix(QUOTE)?.char_indices().peekable();
        let mut name = String::new();
        let end = loop {
            match rest.next()? {
                (_, QUOTE) if rest.next_if(|(_, c)| *c == QUOTE).is_some() => name.push(QUOTE),
                (at, QUOTE) => break at + 2,
                (_, c) => name.push(c),
            }
        };
        names.push(name);
        match list.get(end..)?.strip_prefix(',') {
            Some(more) => list = more,
            None => return Some(names),
        }
    }
}

/// The statement that splits a table as it was split.
pub(super) fn alter(name: &TableName, table: &Table, text: &str) -> String {
    let quoted = |name: &str| quote::identifier(name, QUOTE);
    let schema = name.schema.as_ref().map_or_else(String::new, |schema| quoted(schema) + ".");
    let parts = table.partitions.iter().map(|(part, bounds)| {
        let bounds = if bounds.is_empty() { String::new() } else { format!(" {bounds}") };
        format!("PARTITION {}{bounds}", quoted(&part.name))
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    format!("ALTER TABLE {schema}{} PARTITION BY {text} ({parts})", quoted(&name.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_bounds_is_told_where_it_can_be() {
        for (one, other, expected) in [
            ("VALUES LESS THAN (10)", "VALUES LESS THAN (9)", Some(false)),
            ("values less than (9)", "VALUES LESS THAN (10)", Some(true)),
            ("VALUES LESS THAN (1,'2020-01-01')", "VALUES LESS THAN (1, '2021-01-01')", Some(true)),
            ("VALUES LESS THAN MAXVALUE", "VALUES LESS THAN (10)", Some(false)),
            ("VALUES LESS THAN (10)", "VALUES LESS THAN (MAXVALUE)", Some(true)),
            ("VALUES LESS THAN ('a')", "VALUES LESS THAN ('B')", None),
            ("VALUES LESS THAN (1)", "VALUES LESS THAN (to_days('2020-01-01'))", None),
        ] {
            assert_eq!(is_below(one, other), expected, "{one} {other}");
        }
    }

    #[test]
    fn names_are_read_out_of_their_list() {
        assert_eq!(columns("`a`"), Some(vec!["a".to_owned()]));
        assert_eq!(columns("`a,b`,`c``d`"), Some(vec!["a,b".to_owned(), "c`d".to_owned()]));
        assert_eq!(columns("a"), None);
    }
}
