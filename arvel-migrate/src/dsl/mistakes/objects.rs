//! Objects besides tables: names of nothing, texts of nothing or of something else, numbers and values that can not be.

use crate::{
    dsl::DslError,
    operation::{
        EnumChange, EnumDef, EnumPlace, Object, ObjectId, ObjectKind, Operation, PartitionBy, SequenceDef,
        TableDef, TableName, ViewDef,
    },
};

/// The mistakes of an operation on an object; none of another.
pub(in crate::dsl) fn of_object(operation: &Operation) -> Vec<DslError> {
    let mut found = Found(Vec::new());
    match operation {
        Operation::Create(object) => {
            found.id(&object.id());
            found.object(object);
        }
        Operation::Drop { object, .. } => found.id(object),
        Operation::Rename { object, to } => {
            found.id(object);
            found.id(&ObjectId { name: to.clone(), ..object.clone() });
        }
        Operation::AlterEnum { name, change } => {
            let id = ObjectId::new(ObjectKind::Enum, name.clone());
            found.id(&id);
            let values = match change {
                EnumChange::AddValue { value, place } => {
                    let other = match place {
                        Some(EnumPlace::Before(other) | EnumPlace::After(other)) => Some(other),
                        None => None,
                    };
                    [Some(value), other]
                }
                EnumChange::RenameValue { from, to } => [Some(from), Some(to)],
            };
            found.values(&id, values.into_iter().flatten());
        }
        Operation::CreateTable(TableDef { name, partition_by: Some(by), .. }) => found.split(name, by),
        Operation::RefreshView { name, .. } => {
            found.id(&ObjectId::new(ObjectKind::MaterializedView, name.clone()));
        }
        _ => {}
    }
    found.0
}

struct Found(Vec<DslError>);

impl Found {
    fn id(&mut self, id: &ObjectId) {
        let what = id.kind.word();
        let of = id.table.iter().flat_map(|table| table.schema.iter().chain([&table.name]));
        for name in id.name.schema.iter().chain([&id.name.name]).chain(of) {
            self.name(what, name);
        }
    }

    fn name(&mut self, what: &'static str, name: &str) {
        if name.is_empty() {
            self.0.push(DslError::ObjectWithoutName { what });
        } else if name.contains('\0') {
            self.0.push(DslError::Nul { what, name: name.to_owned() });
        }
    }

    fn bad(&mut self, id: &ObjectId, reason: impl Into<String>) {
        self.0.push(DslError::BadObject { object: id.to_string(), reason: reason.into() });
    }

    fn object(&mut self, object: &Object) {
        let id = object.id();
        match object {
            Object::View(view) => self.view(&id, view),
            Object::Sequence(sequence) => self.sequence(&id, sequence),
            Object::Enum(kind) => self.enum_type(&id, kind),
            Object::Routine(routine) => self.text(&id, &routine.sql),
            Object::Trigger(trigger) => self.text(&id, &trigger.sql),
            Object::Extension(extension) => {
                extension.schema.iter().for_each(|schema| self.name("schema", schema));
            }
            Object::Partition(partition) => {
                if partition.name == partition.of {
                    self.bad(&id, "it is its own partition");
                }
            }
            Object::Namespace(_) => {}
        }
    }

    fn view(&mut self, id: &ObjectId, view: &ViewDef) {
        if view.query.trim().is_empty() {
            self.bad(id, "it has no query");
        }
        view.columns.iter().for_each(|column| self.name("column", column));
        if let Some(twice) = repeated(view.columns.iter().map(|name| name.to_lowercase())) {
            self.bad(id, format!("it has two columns called `{twice}`"));
        }
        if let Some(option) =
            view.check_option.as_deref().filter(|option| !["LOCAL", "CASCADED"].contains(option))
        {
            self.bad(id, format!("the check option is `LOCAL` or `CASCADED`, not `{option}`"));
        }
        view.options.iter().for_each(|(name, _)| self.name("option", name));
        if !view.materialized && !view.indexes.is_empty() {
            self.bad(id, "only a materialized view has rows to index");
        }
        if !view.materialized && view.without_data {
            self.bad(id, "only a materialized view has rows to leave out");
        }
        if let Some(twice) = repeated(view.indexes.iter().map(|index| index.name.clone())) {
            self.bad(id, format!("it has two indexes called `{twice}`"));
        }
        for index in &view.indexes {
            if index.columns.is_empty() {
                self.bad(id, format!("index `{}` is over nothing", index.name));
            }
        }
    }

    fn sequence(&mut self, id: &ObjectId, sequence: &SequenceDef) {
        if sequence.increment == Some(0) {
            self.bad(id, "a step of 0 never gets anywhere");
        }
        if sequence.cache.is_some_and(|cache| cache < 0) {
            self.bad(id, "the number of values taken at once is below 0");
        }
        let (least, most) = (sequence.minimum, sequence.maximum);
        if least.zip(most).is_some_and(|(least, most)| least >= most) {
            self.bad(id, "its smallest value is not below its largest");
        }
        let below = sequence.start.zip(least).is_some_and(|(start, least)| start < least);
        let above = sequence.start.zip(most).is_some_and(|(start, most)| start > most);
        if below || above {
            self.bad(id, "its first value is not between the smallest and the largest");
        }
        if let Some((table, column)) = &sequence.owned_by {
            self.name("table", &table.name);
            self.name("column", column);
        }
    }

    fn enum_type(&mut self, id: &ObjectId, kind: &EnumDef) {
        if kind.values.is_empty() {
            self.bad(id, "it has no values");
        }
        if let Some(twice) = repeated(kind.values.iter().cloned()) {
            self.bad(id, format!("it has the value '{twice}' twice"));
        }
        self.values(id, kind.values.iter());
    }

    fn values<'v>(&mut self, id: &ObjectId, values: impl Iterator<Item = &'v String>) {
        for value in values.filter(|value| value.contains('\0')) {
            self.bad(id, format!("the value {value:?} contains a NUL character"));
        }
    }

    /// How the rows of a table are split.
    fn split(&mut self, table: &TableName, by: &PartitionBy) {
        let bad = |reason: String| DslError::BadObject { object: format!("table {table}"), reason };
        if by.keys.is_empty() || by.keys.iter().any(|key| key.trim().is_empty()) {
            self.0.push(bad("its rows are split by nothing".to_owned()));
        }
        by.partitions.iter().for_each(|(name, _)| self.name("partition", name));
        if let Some(twice) = repeated(by.partitions.iter().map(|(name, _)| name.clone())) {
            self.0.push(bad(format!("it has two partitions called `{twice}`")));
        }
    }

    /// A text must create what a drop will look for.
    fn text(&mut self, id: &ObjectId, sql: &str) {
        if sql.trim().is_empty() {
            return self.bad(id, "its text is empty");
        }
        let lower = sql.to_lowercase();
        let word = id.kind.word();
        let names = [word, &id.name.name.to_lowercase()].iter().all(|word| lower.contains(*word));
        if !lower.contains("create") || !names {
            self.bad(id, format!("its text has no `CREATE {} {}`", word.to_uppercase(), id.name));
        }
    }
}

fn repeated(mut names: impl Iterator<Item = String>) -> Option<String> {
    let mut seen = std::collections::BTreeSet::new();
    names.find(|name| !seen.insert(name.clone()))
}
