//! What a migration asks for as plain sentences, and what a schema holds as the same sentences: the fold of a dialect
//! and its inspection may agree in forgetting a thing, this does not.

use std::collections::BTreeSet;

use arvel_migrate::{
    operation::{
        ColumnDef, ForeignKeyAction, ForeignKeyDef, Generated, IndexColumn, IndexKind, ObjectId, Operation,
        TableChange, TableName,
    },
    schema::{Column, DatabaseSchema, Index, Table},
};

type Facts = BTreeSet<String>;

/// What must be in a schema behind these operations, of which some may find what they are for.
pub(crate) fn asked(operations: &[Operation], before: &DatabaseSchema) -> Facts {
    let mut facts = Facts::new();
    for operation in operations {
        match operation {
            Operation::CreateTable(def) if def.if_not_exists && before.tables.contains_key(&def.name) => {}
            // Nobody else sees it.
            Operation::CreateTable(def) if def.options.temporary => {}
            Operation::CreateTable(def) => {
                let name = &def.name;
                facts.insert(format!("table {name}"));
                for column in &def.columns {
                    self::column(&mut facts, name, column);
                }
                if let Some(key) = &def.primary_key {
                    facts.insert(format!("{name}: primary key ({})", key.columns.join(", ")));
                }
                def.indexes.iter().for_each(|def| facts.extend(index(name, &Index::of(def))));
                def.foreign_keys.iter().for_each(|def| facts.extend(foreign_key(name, def)));
                facts.extend(def.checks.iter().map(|def| format!("{name}: check {}", def.name)));
                facts.extend(def.exclusions.iter().map(|def| format!("{name}: exclusion {}", def.name)));
                facts.extend(def.comment.iter().map(|text| format!("{name}: comment {text}")));
                facts.extend(def.partition_by.iter().map(|_| format!("{name}: is in parts")));
                let parts = def.partition_by.iter().flat_map(|by| &by.partitions);
                facts.extend(parts.map(|(part, _)| format!("partition {} of {name}", name.beside(part))));
            }
            Operation::AlterTable { table, changes } => {
                changes.iter().for_each(|change| self::change(&mut facts, table, change));
            }
            Operation::RenameTable { from, to } => {
                let moved = |fact: &String| fact.replace(&format!("{from}: "), &format!("{to}: "));
                facts = facts.iter().map(moved).collect();
                facts.remove(&format!("table {from}"));
                // A partition stands with its table.
                let mut parts = before.tables.values().flat_map(|table| &table.partitions);
                if !parts.any(|(part, _)| part == from) {
                    facts.insert(format!("table {to}"));
                }
            }
            Operation::DropTable { table, .. } => {
                facts.retain(|fact| {
                    let starts = |prefix: String| fact.starts_with(&prefix);
                    let is_part = starts(format!("partition {table} of "))
                        || starts("partition ".to_owned()) && fact.ends_with(&format!(" of {table}"));
                    *fact != format!("table {table}") && !starts(format!("{table}: ")) && !is_part
                });
            }
            Operation::Create(object) => {
                facts.insert(object.id().to_string());
            }
            Operation::Drop { object, .. } => {
                facts.remove(&object.to_string());
            }
            Operation::Rename { object, to } => {
                facts.remove(&object.to_string());
                facts.insert(ObjectId { name: to.clone(), ..object.clone() }.to_string());
            }
            _ => {}
        }
    }
    facts
}

fn change(facts: &mut Facts, table: &TableName, change: &TableChange) {
    let forget = |facts: &mut Facts, what: &str| {
        let prefix = format!("{table}: {what}");
        facts.retain(|fact| *fact != prefix && !fact.starts_with(&format!("{prefix} ")));
    };
    match change {
        TableChange::AddColumn(def) | TableChange::ChangeColumn(def) => {
            if def.change {
                forget(facts, &format!("column {}", def.name));
            }
            column(facts, table, def);
        }
        TableChange::DropColumn { name } => {
            forget(facts, &format!("column {name}"));
            // The check of a column alone has its name from it, and goes along.
            let (begin, end) = (format!("{table}: check "), format!("_{name}_check"));
            facts.retain(|fact| !(fact.starts_with(&begin) && fact.ends_with(&end)));
        }
        TableChange::RenameColumn { from, to } => {
            forget(facts, &format!("column {from}"));
            *facts = facts.iter().map(|fact| in_lists(fact, table, from, to)).collect();
            facts.insert(format!("{table}: column {to}"));
        }
        TableChange::AddPrimaryKey(key) => {
            facts.insert(format!("{table}: primary key ({})", key.columns.join(", ")));
        }
        TableChange::DropPrimaryKey { .. } => forget(facts, "primary key"),
        TableChange::AddIndex(def) => facts.extend(index(table, &Index::of(def))),
        TableChange::DropIndex { name, .. } => forget(facts, &format!("index {name}")),
        TableChange::RenameIndex { from, to } => {
            forget(facts, &format!("index {from}"));
            facts.insert(format!("{table}: index {to}"));
        }
        TableChange::AddForeignKey(def) => facts.extend(foreign_key(table, def)),
        TableChange::AddCheck(def) => {
            facts.insert(format!("{table}: check {}", def.name));
        }
        TableChange::DropCheck { name } => forget(facts, &format!("check {name}")),
        TableChange::AddExclusion(def) => {
            facts.insert(format!("{table}: exclusion {}", def.name));
        }
        TableChange::DropExclusion { name } => forget(facts, &format!("exclusion {name}")),
        TableChange::AttachPartition { name, .. } => {
            facts.retain(|fact| *fact != format!("table {name}") && !fact.starts_with(&format!("{name}: ")));
            facts.insert(format!("partition {name} of {table}"));
        }
        TableChange::DetachPartition { name, .. } => {
            facts.remove(&format!("partition {name} of {table}"));
            facts.insert(format!("table {name}"));
        }
        TableChange::Comment(text) => {
            forget(facts, "comment");
            facts.extend(
                text.iter().filter(|text| !text.is_empty()).map(|text| format!("{table}: comment {text}")),
            );
        }
        _ => {}
    }
}

/// A fact of the table with a column under its new name, where it stands in a list: `over (a, b)`.
fn in_lists(fact: &str, table: &TableName, from: &str, to: &str) -> String {
    let (Some((head, rest)), true) = (fact.split_once('('), fact.starts_with(&format!("{table}: "))) else {
        return fact.to_owned();
    };
    let Some((list, tail)) = rest.split_once(')') else { return fact.to_owned() };
    let list: Vec<&str> = list.split(", ").map(|name| if name == from { to } else { name }).collect();
    format!("{head}({}){tail}", list.join(", "))
}

fn column(facts: &mut Facts, table: &TableName, def: &ColumnDef) {
    let mut say = |what: &str| facts.insert(format!("{table}: column {}{what}", def.name));
    say("");
    match def.nullable {
        Some(true) => say(" is nullable"),
        Some(false) => say(" is not null"),
        None if def.change || def.identity.is_some() => false,
        None => say(" is not null"),
    };
    if def.default.as_ref().is_some_and(|value| *value != arvel_migrate::operation::DefaultValue::Null) {
        say(" has a default");
    }
    if def.auto_increment {
        say(" counts");
        facts.insert(format!("{table}: primary key ({})", def.name));
        return;
    }
    if let Some(generated) = &def.generated {
        say(kept(generated));
    }
    if def.identity.is_some() {
        say(" is an identity");
    }
    if def.invisible == Some(true) {
        say(" is invisible");
    }
    if let Some(text) = def.comment.as_ref().filter(|text| !text.is_empty()) {
        say(&format!(" comment {text}"));
    }
}

fn kept(generated: &Generated) -> &'static str {
    if generated.stored { " is computed and kept" } else { " is computed" }
}

fn index(table: &TableName, index: &Index) -> Vec<String> {
    let name = format!("{table}: index {}", index.name);
    let part = |part: &IndexColumn| match part.name() {
        Some(column) => column.clone(),
        None => "an expression".to_owned(),
    };
    let mut facts = vec![name.clone()];
    let mut say = |what: &str| facts.push(format!("{name} {what}"));
    if index.kind != IndexKind::Index {
        say(&format!("is {}", index.kind.word()));
    }
    say(&format!("over ({})", index.columns.iter().map(part).collect::<Vec<_>>().join(", ")));
    for (at, part) in index.columns.iter().enumerate() {
        if part.descending {
            say(&format!("descends in {at}"));
        }
        if let Some(length) = part.length {
            say(&format!("takes {length} characters of {at}"));
        }
    }
    if index.predicate.is_some() {
        say("is partial");
    }
    if !index.include.is_empty() {
        say(&format!("includes ({})", index.include.join(", ")));
    }
    if index.nulls_not_distinct {
        say("knows one NULL");
    }
    if index.deferrable.is_some() {
        say("can wait");
    }
    if let Some(text) = &index.comment {
        say(&format!("comment {text}"));
    }
    facts
}

fn foreign_key(table: &TableName, def: &ForeignKeyDef) -> Vec<String> {
    let (own, theirs) = (def.columns.join(", "), def.referenced_columns.join(", "));
    key(
        table,
        &own,
        &def.references,
        &theirs,
        def.on_delete,
        def.on_update,
        def.deferrable.is_some(),
        def.match_full,
    )
}

#[expect(clippy::too_many_arguments, reason = "the parts of a key, from the two types that have them")]
fn key(
    table: &TableName,
    own: &str,
    parent: &TableName,
    theirs: &str,
    on_delete: Option<ForeignKeyAction>,
    on_update: Option<ForeignKeyAction>,
    waits: bool,
    full: bool,
) -> Vec<String> {
    use ForeignKeyAction::{NoAction, Restrict};
    let name = format!("{table}: foreign key ({own}) to {parent} ({theirs})");
    let mut facts = vec![name.clone()];
    // To do nothing and to refuse are one thing to some databases.
    let said =
        |action: Option<ForeignKeyAction>| action.filter(|action| ![NoAction, Restrict].contains(action));
    facts.extend(said(on_delete).map(|action| format!("{name} on delete {}", action.sql())));
    facts.extend(said(on_update).map(|action| format!("{name} on update {}", action.sql())));
    facts.extend(waits.then(|| format!("{name} can wait")));
    facts.extend(full.then(|| format!("{name} matches in full")));
    facts
}

/// What a schema holds.
pub(crate) fn held(schema: &DatabaseSchema) -> Facts {
    let mut facts = Facts::new();
    for (name, table) in &schema.tables {
        facts.insert(format!("table {name}"));
        for column in &table.columns {
            facts.extend(column_held(name, column));
        }
        facts.extend(table_held(name, table));
    }
    facts.extend(schema.objects.keys().map(ToString::to_string));
    for (name, table) in &schema.tables {
        facts.extend(table.triggers.iter().map(|(trigger, _)| format!("trigger {trigger} of {name}")));
        facts.extend(table.partitions.iter().map(|(part, _)| format!("partition {part} of {name}")));
    }
    facts
}

fn column_held(table: &TableName, column: &Column) -> Vec<String> {
    let name = format!("{table}: column {}", column.name);
    let mut facts = vec![name.clone()];
    let mut say = |what: &str| facts.push(format!("{name}{what}"));
    say(if column.nullable { " is nullable" } else { " is not null" });
    if column.default.is_some() {
        say(" has a default");
    }
    if column.auto_increment {
        say(" counts");
    }
    if let Some(generated) = &column.generated {
        say(kept(generated));
    }
    if column.identity.is_some() {
        say(" is an identity");
    }
    if column.invisible {
        say(" is invisible");
    }
    if let Some(text) = &column.comment {
        say(&format!(" comment {text}"));
    }
    facts
}

fn table_held(name: &TableName, table: &Table) -> Vec<String> {
    let mut facts: Vec<String> = table.indexes.iter().flat_map(|one| index(name, one)).collect();
    facts.extend(
        table.primary_key.iter().map(|key| format!("{name}: primary key ({})", key.columns.join(", "))),
    );
    for one in &table.foreign_keys {
        let (own, theirs) = (one.columns.join(", "), one.referenced_columns.join(", "));
        let (delete, update) = (Some(one.on_delete), Some(one.on_update));
        facts.extend(key(
            name,
            &own,
            &one.references,
            &theirs,
            delete,
            update,
            one.deferrable.is_some(),
            one.match_full,
        ));
    }
    facts.extend(
        table.checks.iter().filter_map(|one| one.name.as_ref()).map(|check| format!("{name}: check {check}")),
    );
    facts.extend(table.exclusions.iter().map(|one| format!("{name}: exclusion {}", one.name)));
    facts.extend(table.comment.iter().map(|text| format!("{name}: comment {text}")));
    facts.extend(table.partition_by.iter().map(|_| format!("{name}: is in parts")));
    facts
}

#[test]
fn a_dropped_thing_is_not_asked_for_and_a_renamed_one_under_its_new_name() {
    use arvel_migrate::dsl::Schema;
    let recorded = Schema::record(|schema| {
        schema.create("a", |table| {
            table.string("x").index();
            table.string("y").nullable();
        });
        schema.table("a", |table| {
            table.drop_index("x");
            table.index(["x", "y"]).named("both");
            table.rename_column("y", "z");
        });
        schema.rename("a", "b");
        schema.create("gone", |table| {
            table.id();
        });
        schema.drop("gone");
    });
    let facts: Vec<String> = asked(&recorded.operations, &DatabaseSchema::default()).into_iter().collect();
    let expected = [
        "b: column x",
        "b: column x is not null",
        "b: column z",
        "b: index both",
        "b: index both over (x, z)",
        "table b",
    ];
    assert_eq!(facts, expected);
}
