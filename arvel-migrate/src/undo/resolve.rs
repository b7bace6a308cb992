//! Which operations need a look at the database to be undone, and the way back that such a look gives.

use crate::{
    dialect::Dialect,
    operation::{
        Condition, Irreversible, Object, ObjectId, ObjectKind, Operation, Question, TableChange, TableName,
        is_online, lasting, reverse,
    },
    schema::{DatabaseSchema, Wanted},
};

use super::difference;

/// Whether recorded operations can be undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayBack {
    /// A `down` is written, or the operations say it themselves.
    Known,
    /// What is there when it is applied will say it.
    Seen,
    /// There is none.
    Missing(Irreversible),
}

/// How operations without a written `down` can be undone on a database of this family. What is for another one does not
/// count.
#[must_use]
pub fn way_back(operations: &[Operation], family: &str) -> WayBack {
    let mut way = WayBack::Known;
    for operation in lasting(&of_family(operations, family)).into_iter().rev() {
        match reverse(std::slice::from_ref(operation)) {
            Ok(_) => {}
            Err(cause) if !can_be_seen(operation, family) => return WayBack::Missing(cause),
            Err(_) => way = WayBack::Seen,
        }
    }
    way
}

/// What of the operations is for a database of this family. A text of SQL that is empty for it does nothing.
#[must_use]
pub fn of_family(operations: &[Operation], family: &str) -> Vec<Operation> {
    let one = |operation: &Operation| match operation {
        Operation::Sql(step) if step.text_for(family).is_some_and(|text| text.trim().is_empty()) => {
            Vec::new()
        }
        Operation::When {
            condition: Condition { question: Question::Family(named), expected },
            then,
            otherwise,
        } => of_family(if (named == family) == *expected { then } else { otherwise }, family),
        other => vec![other.clone()],
    };
    operations.iter().flat_map(one).collect()
}

fn can_be_seen(operation: &Operation, family: &str) -> bool {
    matches!(
        operation,
        Operation::CreateTable(_)
            | Operation::AlterTable { .. }
            | Operation::DropTable { .. }
            | Operation::Create(_)
            | Operation::Drop { .. }
            | Operation::RefreshView { .. }
    ) || matches!(operation, Operation::When { then, otherwise, .. }
        if [then, otherwise].iter().all(|side| !matches!(way_back(side, family), WayBack::Missing(_))))
}

/// What to look at before operations run that are undone by what was seen. A thing may be changed under the name that
/// it gets on the way.
pub(crate) fn needs(operations: &[Operation]) -> Wanted {
    let one = |operation: &Operation| match operation {
        Operation::When { condition, then, otherwise } => {
            [condition.needs(), needs(then), needs(otherwise)].into_iter().collect()
        }
        Operation::CreateTable(table) if table.if_not_exists => Wanted::table(table.name.clone()),
        Operation::AlterTable { table, changes } => {
            let partitions = changes.iter().filter_map(TableChange::partition);
            [table].into_iter().chain(partitions).map(|table| Wanted::table(table.clone())).collect()
        }
        Operation::DropTable { table, .. } | Operation::RenameTable { from: table, .. } => {
            Wanted::table(table.clone())
        }
        // What stands below a partition is known with its table.
        Operation::Drop { object, .. } if object.kind == ObjectKind::Partition => {
            let table = object.table.iter().map(|table| Wanted::table(table.clone()));
            table.chain([Wanted::object(object.clone())]).collect()
        }
        Operation::Drop { object, .. } | Operation::Rename { object, .. } => Wanted::object(object.clone()),
        Operation::Create(object) if object.may_replace() => Wanted::object(object.id()),
        Operation::RefreshView { name, .. } => Wanted::object(kept(name)),
        _ => Wanted::nothing(),
    };
    operations.iter().map(one).collect()
}

/// The operations that undo `operations`, given the schema in which they are about to run.
///
/// # Errors
/// [`Irreversible`] for the first, from the beginning, that can not be undone even so.
pub fn resolve(
    dialect: &dyn Dialect,
    operations: &[Operation],
    mut schema: DatabaseSchema,
) -> Result<Vec<Operation>, Irreversible> {
    let operations = of_family(operations, dialect.capability().family);
    let mut ways = Vec::with_capacity(operations.len());
    let lasting = lasting(&operations);
    for operation in &operations {
        if !lasting.iter().any(|lasting| std::ptr::eq(*lasting, operation)) {
            follow(dialect, operation, &mut schema);
            continue;
        }
        if let Operation::When { condition, then, otherwise } = operation {
            let side = if condition.holds(dialect.capability().family, &schema) { then } else { otherwise };
            ways.push(resolve(dialect, side, schema.clone())?);
            for operation in side {
                follow(dialect, operation, &mut schema);
            }
            continue;
        }
        ways.push(one(dialect, operation, &schema)?);
        if !follow(dialect, operation, &mut schema) && !matches!(operation, Operation::Create(_)) {
            let reason = "what it leaves is not known; write a `down`";
            return Err(Irreversible { operation: operation.describe(), reason });
        }
    }
    Ok(ways.into_iter().rev().flatten().collect())
}

/// Folds an operation. What a rename makes of the texts that mention the name only the database knows: then everything
/// is known but texts.
fn follow(dialect: &dyn Dialect, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
    let mut after = schema.clone();
    if dialect.fold(operation, &mut after) {
        *schema = after;
        return true;
    }
    schema.forget_texts();
    dialect.fold(operation, schema)
}

fn one(
    dialect: &dyn Dialect,
    operation: &Operation,
    schema: &DatabaseSchema,
) -> Result<Vec<Operation>, Irreversible> {
    let refuse = |reason| Irreversible { operation: operation.describe(), reason };
    match operation {
        Operation::CreateTable(table) if table.if_not_exists => Ok(match schema.table(&table.name) {
            Some(_) => Vec::new(),
            None => vec![Operation::DropTable { table: table.name.clone(), if_exists: false }],
        }),
        Operation::DropTable { table, .. } => {
            let seen = schema.table(table).map(|seen| dialect.restore(table, seen));
            with_texts(seen.unwrap_or_default()).map_err(refuse)
        }
        Operation::Drop { object, if_exists } => {
            brought_back(dialect, object, *if_exists, schema).map_err(refuse)
        }
        Operation::Create(object) if object.may_replace() => {
            replaced(dialect, object, schema).map_err(refuse)
        }
        Operation::RefreshView { name, without_data, .. } => Ok(refreshed(name, *without_data, schema)),
        Operation::AlterTable { table, changes } => match reverse(std::slice::from_ref(operation)) {
            Ok(known) => Ok(known),
            Err(_) => Ok(vec![Operation::AlterTable {
                table: table.clone(),
                changes: altered(dialect, operation, table, changes, schema)?,
            }]),
        },
        other => reverse(std::slice::from_ref(other)),
    }
}

/// The object that was dropped, and the triggers that went with a view.
pub(crate) fn object(id: &ObjectId, schema: &DatabaseSchema) -> Result<Vec<Operation>, &'static str> {
    let on_it = schema.objects.values().filter(|object| match object {
        Object::Trigger(trigger) => id.kind == ObjectKind::View && trigger.table == id.name,
        _ => false,
    });
    with_texts(schema.object(id).into_iter().chain(on_it.cloned()).map(Operation::Create).collect())
}

/// The operations, if the text of everything that they create is known.
pub(crate) fn with_texts(operations: Vec<Operation>) -> Result<Vec<Operation>, &'static str> {
    let hidden = |operation: &Operation| match operation {
        Operation::Create(Object::View(view)) => view.query.is_empty(),
        Operation::Create(Object::Routine(routine)) => routine.sql.is_empty(),
        Operation::Create(Object::Trigger(trigger)) => trigger.sql.is_empty(),
        _ => false,
    };
    match operations.iter().any(hidden) {
        true => Err(
            "its text is not known: the role that migrates is not shown it or would read it otherwise, or a rename before it \
             in the same migration changes it; write a `down`",
        ),
        false => Ok(operations),
    }
}

/// A drop is undone by what was seen. What a database finds by less than is said of it may not have been seen.
fn brought_back(
    dialect: &dyn Dialect,
    id: &ObjectId,
    if_exists: bool,
    schema: &DatabaseSchema,
) -> Result<Vec<Operation>, &'static str> {
    let way = dialect.restore_object(id, schema)?;
    let told_by_more = matches!(
        id.kind,
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Trigger | ObjectKind::Partition
    );
    match way.is_empty() && told_by_more && !if_exists {
        true => Err("it is not there under this name, with these arguments or on this table; write a `down`"),
        false => Ok(way),
    }
}

fn kept(view: &TableName) -> ObjectId {
    ObjectId::new(ObjectKind::MaterializedView, view.clone())
}

/// A view without rows loses them again, and one that lost them is filled. Former rows do not come back.
fn refreshed(name: &TableName, emptied: bool, schema: &DatabaseSchema) -> Vec<Operation> {
    match schema.object(&kept(name)) {
        Some(Object::View(view)) if view.without_data != emptied => {
            let without_data = view.without_data;
            vec![Operation::RefreshView { name: name.clone(), online: false, without_data }]
        }
        _ => Vec::new(),
    }
}

/// What stood in the place of an object, or a drop when nothing did.
fn replaced(
    dialect: &dyn Dialect,
    object: &Object,
    schema: &DatabaseSchema,
) -> Result<Vec<Operation>, &'static str> {
    let id = object.id();
    let mut former = dialect.restore_object(&id, schema)?;
    let replaces = |operation: &Operation| matches!(operation, Operation::Create(one) if one.may_replace());
    Ok(match (object, former.first()) {
        (_, None) => vec![Operation::Drop { object: id, if_exists: false }],
        // It was left as it was.
        (Object::Extension(_) | Object::Namespace(_), _) => Vec::new(),
        (_, Some(first)) if replaces(first) => {
            former.truncate(1);
            former
        }
        _ => std::iter::once(Operation::Drop { object: id, if_exists: false }).chain(former).collect(),
    })
}

fn altered(
    dialect: &dyn Dialect,
    operation: &Operation,
    table: &TableName,
    changes: &[TableChange],
    schema: &DatabaseSchema,
) -> Result<Vec<TableChange>, Irreversible> {
    let mut schema = schema.clone();
    let mut ways = Vec::with_capacity(changes.len());
    for change in changes {
        let refuse = |reason| Irreversible {
            operation: format!("alter table {table}: {}", change.describe()),
            reason,
        };
        let alone = Operation::AlterTable { table: table.clone(), changes: vec![change.clone()] };
        let before = schema.table(table).cloned();
        let known = follow(dialect, &alone, &mut schema);
        let way = match reverse(std::slice::from_ref(&alone)) {
            Ok(mut known) => match known.pop() {
                Some(Operation::AlterTable { changes, .. }) => changes,
                _ => Vec::new(),
            },
            Err(_) => match (before, schema.table(table)) {
                (Some(before), Some(after)) if known => {
                    difference::changes(dialect, table, after, &before).map_err(refuse)?
                }
                (None, _) => {
                    let reason = "the table is not there";
                    return Err(Irreversible { operation: operation.describe(), reason });
                }
                _ => return Err(refuse("what it leaves is not known; write a `down`")),
            },
        };
        let mut way = way;
        if is_online(&alone) {
            online_too(dialect, table, &mut way, &schema);
        }
        ways.push(way);
    }
    Ok(ways.into_iter().rev().flatten().collect())
}

/// An index that was dropped while others used the table is built so, where there is such a way. Whether a column can be
/// changed back so is known by the server alone.
fn online_too(dialect: &dyn Dialect, table: &TableName, way: &mut [TableChange], after: &DatabaseSchema) {
    for change in way {
        let mut online = change.clone();
        let TableChange::AddIndex(index) = &mut online else { continue };
        index.mode.online = true;
        let alone = Operation::AlterTable { table: table.clone(), changes: vec![online.clone()] };
        if dialect.compile(&alone, after).is_ok() {
            *change = online;
        }
    }
}
