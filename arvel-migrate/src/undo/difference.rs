//! The changes that lead from a table as it is after an operation back to the table as it was before.

use crate::{
    dialect::Dialect,
    dsl::conventional_name,
    operation::{
        AlterMode, ColumnDef, DefaultValue, Feature, Position, TableChange, TableName, TableOptions,
    },
    schema::{Column, Index, Table},
};

use super::define;

/// The changes in an order in which they can be made: what is in the way goes, columns, what belongs there comes.
///
/// # Errors
/// What can not be brought back, in words.
pub(super) fn changes(
    dialect: &dyn Dialect,
    name: &TableName,
    after: &Table,
    before: &Table,
) -> Result<Vec<TableChange>, &'static str> {
    let (now, then) = (&after.options, &before.options);
    let mut out = Vec::new();
    leave(name, after, before, &mut out);
    let options = (then != now).then(|| TableChange::Options(dialect.options_back(now, then)));
    // Columns get types back that a STRICT table does not know, and be NULL where one without a rowid is not.
    let looser = (now.strict, now.without_rowid) != (then.strict, then.without_rowid);
    out.extend(options.clone().filter(|_| looser));
    columns(dialect, name, after, before, &mut out)?;
    arrive(dialect, name, after, before, &mut out);
    out.extend(options.filter(|_| !looser));
    Ok(out)
}

/// What is there now and was not so before.
fn leave(name: &TableName, after: &Table, before: &Table, out: &mut Vec<TableChange>) {
    for key in after.foreign_keys.iter().filter(|key| !before.foreign_keys.contains(key)) {
        let def = define::foreign_key(name, key);
        out.push(TableChange::DropForeignKey { name: def.name, columns: def.columns });
    }
    for check in after.checks.iter().filter(|check| !before.checks.contains(check)) {
        out.push(TableChange::DropCheck { name: define::check(name, check).name });
    }
    for exclusion in after.exclusions.iter().filter(|exclusion| !before.exclusions.contains(exclusion)) {
        out.push(TableChange::DropExclusion { name: exclusion.name.clone() });
    }
    for index in after.indexes.iter().filter(|index| !has(before, index)) {
        out.push(TableChange::DropIndex {
            name: index.name.clone(),
            kind: index.kind,
            mode: AlterMode::default(),
        });
    }
    for (partition, bounds) in after.partitions.iter().filter(|part| !before.partitions.contains(part)) {
        out.push(TableChange::DetachPartition {
            name: partition.clone(),
            bounds: Some(bounds.clone()),
            mode: AlterMode::default(),
        });
    }
    if let Some(key) = &after.primary_key
        && before.primary_key.as_ref() != Some(key)
    {
        let convention = || conventional_name(&name.name, &key.columns, "primary");
        out.push(TableChange::DropPrimaryKey { name: key.name.clone().unwrap_or_else(convention) });
    }
}

/// Whether the table has the index. One that a constraint made may be called otherwise: SQLite numbers them anew.
fn has(table: &Table, index: &Index) -> bool {
    let renamed = |other: &Index| Index { name: index.name.clone(), ..other.clone() };
    table
        .indexes
        .iter()
        .any(|other| other == index || (other.constraint && index.constraint && renamed(other) == *index))
}

fn columns(
    dialect: &dyn Dialect,
    name: &TableName,
    after: &Table,
    before: &Table,
    out: &mut Vec<TableChange>,
) -> Result<(), &'static str> {
    for column in after.columns.iter().filter(|column| before.column(&column.name).is_none()) {
        out.push(TableChange::DropColumn { name: column.name.clone() });
    }
    let places = dialect.support(Feature::After) == crate::dialect::Support::Yes;
    let stays = stay(after, before);
    let mut previous: Option<&Column> = None;
    for column in &before.columns {
        let place = Some(previous.map_or(Position::First, |column| Position::After(column.name.clone())));
        match after.column(&column.name) {
            None => {
                let mut def = dialect.define_column(name, column);
                let last = before.columns.last() == Some(column);
                def.position = place.filter(|_| places && !last);
                out.push(TableChange::AddColumn(def));
            }
            Some(now) => {
                let moves = places && !stays.contains(&column.name.as_str());
                if moves || now != column {
                    let def = ColumnDef {
                        position: place.filter(|_| moves),
                        ..back(dialect, name, before, now, column)?
                    };
                    out.push(TableChange::ChangeColumn(def));
                }
            }
        }
        previous = Some(column);
    }
    Ok(())
}

/// The most columns that can stay where they are, so that the others are moved around them.
fn stay<'t>(after: &Table, before: &'t Table) -> Vec<&'t str> {
    let mut longest: Vec<Vec<(usize, &str)>> = Vec::new();
    for column in &before.columns {
        let Some(at) = after.columns.iter().position(|now| now.name == column.name) else { continue };
        let before_it = longest.iter().filter(|chain| chain.last().is_some_and(|(last, _)| *last < at));
        let mut chain = before_it.max_by_key(|chain| chain.len()).cloned().unwrap_or_default();
        chain.push((at, column.name.as_str()));
        longest.push(chain);
    }
    let chain = longest.into_iter().max_by_key(Vec::len).unwrap_or_default();
    chain.into_iter().map(|(_, name)| name).collect()
}

/// The change that gives a column everything that it had.
fn back(
    dialect: &dyn Dialect,
    table: &TableName,
    before: &Table,
    now: &Column,
    then: &Column,
) -> Result<ColumnDef, &'static str> {
    let mut def = dialect.define_column(table, then);
    def.change = true;
    def.nullable = Some(then.nullable);
    def.default = Some(def.default.take().unwrap_or(DefaultValue::Null));
    if then.auto_increment {
        // What counts has no default of its own, unless it was given one since; its key is told apart.
        def.default = now.default.as_ref().map(|_| DefaultValue::Null);
        def.auto_increment &= !now.auto_increment;
    } else if now.auto_increment {
        return Err("a column that has begun to count by itself can not be stopped; write a `down`");
    }
    if now.comment != then.comment {
        def.comment = Some(then.comment.clone().unwrap_or_default());
    }
    if now.generated.is_some() != then.generated.is_some() {
        return Err("a column does not become a generated one, or stop being one; write a `down`");
    }
    if now.generated.is_some() {
        def.default = None;
        // The same expression is kept without being said: some servers change types, and not expressions.
        def.generated = def.generated.take().filter(|_| now.generated != then.generated);
    }
    if now.invisible && !then.invisible {
        def.invisible = Some(false);
    }
    dialect.define_back(before, now, then, &mut def)?;
    Ok(def)
}

/// What was there before and is not so now.
fn arrive(
    dialect: &dyn Dialect,
    name: &TableName,
    after: &Table,
    before: &Table,
    out: &mut Vec<TableChange>,
) {
    if before.primary_key != after.primary_key {
        // A column that comes back, or counts up again, brings its key along.
        let comes = |column: &&Column| match after.column(&column.name) {
            None => true,
            Some(now) => column.auto_increment && !now.auto_increment,
        };
        let added: Vec<ColumnDef> =
            before.columns.iter().filter(comes).map(|column| dialect.define_column(name, column)).collect();
        let key = define::primary_key(name, &added, before.primary_key.as_ref());
        out.extend(key.map(TableChange::AddPrimaryKey));
    }
    let indexes = before.indexes.iter().filter(|index| !has(after, index));
    out.extend(indexes.map(|index| TableChange::AddIndex(define::index(index))));
    let keys = before.foreign_keys.iter().filter(|key| !after.foreign_keys.contains(key));
    out.extend(keys.map(|key| TableChange::AddForeignKey(define::foreign_key(name, key))));
    let checks = before.checks.iter().filter(|check| !after.checks.contains(check));
    out.extend(checks.map(|check| TableChange::AddCheck(define::check(name, check))));
    let exclusions = before.exclusions.iter().filter(|exclusion| !after.exclusions.contains(exclusion));
    out.extend(exclusions.map(|exclusion| TableChange::AddExclusion(define::exclusion(exclusion))));
    for (partition, bounds) in before.partitions.iter().filter(|part| !after.partitions.contains(part)) {
        out.push(TableChange::AttachPartition { name: partition.clone(), bounds: bounds.clone() });
    }
    if before.comment != after.comment {
        out.push(TableChange::Comment(before.comment.clone()));
    }
}

/// The options that differ, as they were.
pub(crate) fn options(before: &TableOptions, after: &TableOptions) -> TableOptions {
    let value = |name: &String| before.parameters.iter().find(|(known, _)| known == name);
    let gone = after.parameters.iter().filter(|(name, _)| value(name).is_none());
    let changed = before.parameters.iter().filter(|parameter| !after.parameters.contains(parameter));
    TableOptions {
        unlogged: (before.unlogged != after.unlogged).then(|| before.unlogged == Some(true)),
        parameters: changed.cloned().chain(gone.map(|(name, _)| (name.clone(), "default".into()))).collect(),
        temporary: false,
        strict: (before.strict != after.strict).then(|| before.strict == Some(true)),
        without_rowid: (before.without_rowid != after.without_rowid)
            .then(|| before.without_rowid == Some(true)),
        ..before.clone()
    }
}
