//! Two schemas as words: what is missing, left over or different, part by part, so that a failed promise says which
//! index was forgotten instead of showing two tables.

use std::fmt::Debug;

use crate::{
    operation::ForeignKeyAction,
    schema::{Column, DatabaseSchema, ForeignKey, Table},
};

/// Whether the order of columns counts. A column that came later stands last, whatever the table began with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Counts,
    Ignored,
}

/// The first difference, in words; `None` when there is none.
pub(super) fn difference(wanted: &DatabaseSchema, found: &DatabaseSchema, order: Order) -> Option<String> {
    for (name, table) in &wanted.tables {
        let Some(other) = found.tables.get(name) else { return Some(format!("table `{name}` is missing")) };
        if let Some(part) = of_parts(parts(table, order), parts(other, order)) {
            return Some(format!("table `{name}`: {part}"));
        }
    }
    if let Some(name) = found.tables.keys().find(|name| !wanted.tables.contains_key(*name)) {
        return Some(format!("table `{name}` is left over"));
    }
    let objects = |schema: &DatabaseSchema| -> Vec<Part> {
        schema.objects.iter().map(|(id, object)| (id.to_string(), format!("{object:?}"))).collect()
    };
    of_parts(objects(wanted), objects(found))
}

/// What a part is called, and what it is.
type Part = (String, String);

fn of_parts(wanted: Vec<Part>, found: Vec<Part>) -> Option<String> {
    for (name, value) in &wanted {
        match found.iter().find(|(other, _)| other == name) {
            None => return Some(format!("{name} is missing")),
            Some((_, other)) if other != value => {
                return Some(format!("{name} is {other} and should be {value}"));
            }
            Some(_) => {}
        }
    }
    let left = found.iter().find(|(name, _)| !wanted.iter().any(|(other, _)| other == name));
    left.map(|(name, _)| format!("{name} is left over"))
}

fn parts(table: &Table, order: Order) -> Vec<Part> {
    let mut parts: Vec<Part> =
        table.columns.iter().map(|column| (format!("column `{}`", column.name), words(column))).collect();
    if let Some(key) = &table.primary_key {
        parts.push(("the primary key".to_owned(), format!("({})", key.columns.join(", "))));
    }
    parts.extend(table.indexes.iter().map(|index| {
        (format!("{} `{}` ({})", index.kind.word(), index.name, index.texts().join(", ")), debug(index))
    }));
    parts.extend(table.foreign_keys.iter().map(|key| (format!("the foreign key {}", told(key)), debug(key))));
    let named = |name: &Option<String>| name.clone().unwrap_or_default();
    parts.extend(table.checks.iter().map(|check| {
        (format!("check `{}` ({})", named(&check.name), check.expression), check.not_valid.to_string())
    }));
    let beside = [("trigger", &table.triggers), ("view", &table.views)];
    for (kind, named) in beside {
        parts.extend(named.iter().map(|(name, text)| (format!("{kind} `{name}`"), format!("`{text}`"))));
    }
    let partitions = table.partitions.iter();
    parts.extend(partitions.map(|(name, bounds)| (format!("partition `{name}`"), format!("`{bounds}`"))));
    // Behind the parts that it is made of: what is missing is told first.
    if order == Order::Counts {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        parts.push(("the order of the columns".to_owned(), columns.join(", ")));
    }
    // The text of `CREATE TABLE` may differ in white space after a rebuild.
    let rest = Table {
        columns: Vec::new(),
        primary_key: None,
        indexes: Vec::new(),
        foreign_keys: Vec::new(),
        checks: Vec::new(),
        partitions: Vec::new(),
        triggers: Vec::new(),
        views: Vec::new(),
        sql: None,
        ..table.clone()
    };
    parts.push(("what else the table has".to_owned(), debug(&rest)));
    parts
}

/// A column as a person would say it; what is rare behind it, as it is held.
fn words(column: &Column) -> String {
    let mut words = format!("`{}", column.type_name);
    words.push_str(if column.nullable { " null" } else { " not null" });
    if let Some(default) = &column.default {
        words.push_str(&format!(" default {default}"));
    }
    words.push('`');
    let plain = Column {
        name: column.name.clone(),
        type_name: column.type_name.clone(),
        nullable: column.nullable,
        default: column.default.clone(),
        ..Column::default()
    };
    if plain != *column {
        words.push_str(&format!(" ({})", debug(column)));
    }
    words
}

/// `(user_id) -> users (id) on delete cascade`.
pub(super) fn told(key: &ForeignKey) -> String {
    let action = match key.on_delete {
        ForeignKeyAction::Cascade => "cascade",
        ForeignKeyAction::Restrict => "restrict",
        ForeignKeyAction::SetNull => "set null",
        ForeignKeyAction::SetDefault => "set default",
        ForeignKeyAction::NoAction => "no action",
    };
    let (own, theirs) = (key.columns.join(", "), key.referenced_columns.join(", "));
    format!("({own}) -> {} ({theirs}) on delete {action}", key.references.name)
}

fn debug(value: &impl Debug) -> String {
    format!("{value:?}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Index;

    fn schema(tables: &[(&str, Table)]) -> DatabaseSchema {
        let tables = tables.iter().map(|(name, table)| ((*name).into(), table.clone())).collect();
        DatabaseSchema { tables, ..DatabaseSchema::default() }
    }

    fn table(columns: &[(&str, &str)]) -> Table {
        let column = |(name, kind): &(&str, &str)| Column {
            name: (*name).to_owned(),
            type_name: (*kind).to_owned(),
            ..Column::default()
        };
        Table { columns: columns.iter().map(column).collect(), ..Table::default() }
    }

    #[test]
    fn the_part_that_differs_is_named() {
        let plain = table(&[("id", "bigint"), ("name", "text")]);
        let indexed = Table {
            indexes: vec![Index { name: "a_name_index".to_owned(), ..Index::default() }],
            ..plain.clone()
        };
        let turned = table(&[("name", "text"), ("id", "bigint")]);
        let wider = table(&[("id", "bigint"), ("name", "varchar(9)")]);
        let rebuilt = Table { sql: Some("CREATE TABLE a".to_owned()), ..plain.clone() };
        let cases: [(&Table, &Table, Order, Option<&str>); 6] = [
            (&plain, &rebuilt, Order::Counts, None),
            (&plain, &indexed, Order::Counts, Some("table `a`: index `a_name_index` () is left over")),
            (&indexed, &plain, Order::Counts, Some("table `a`: index `a_name_index` () is missing")),
            (
                &plain,
                &wider,
                Order::Counts,
                Some("table `a`: column `name` is `varchar(9) not null` and should be `text not null`"),
            ),
            (
                &plain,
                &turned,
                Order::Counts,
                Some("table `a`: the order of the columns is name, id and should be id, name"),
            ),
            (&plain, &turned, Order::Ignored, None),
        ];
        for (wanted, found, order, expected) in cases {
            let told = difference(&schema(&[("a", wanted.clone())]), &schema(&[("a", found.clone())]), order);
            assert_eq!(told.as_deref(), expected);
        }
        let (none, one) = (schema(&[]), schema(&[("a", plain)]));
        assert_eq!(difference(&none, &one, Order::Counts).as_deref(), Some("table `a` is left over"));
        assert_eq!(difference(&one, &none, Order::Counts).as_deref(), Some("table `a` is missing"));
        assert_eq!(difference(&none, &none, Order::Counts), None);
    }
}
