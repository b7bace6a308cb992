//! What of the catalog is the application's: everything in `current_schema()`, and what its migrations made elsewhere.
//! Conditions for queries; nothing is asked here.

use crate::{
    dialect::quote,
    operation::{Made, ObjectId, ObjectKind, TableName},
};

use super::QUOTE;

/// The connection's own schema.
const OWN: &str = "quote_ident(current_schema())::regnamespace";

pub(super) struct Ours<'a> {
    made: &'a Made,
    keep: &'a [String],
}

impl<'a> Ours<'a> {
    pub(super) fn new(made: &'a Made, keep: &'a [String]) -> Self {
        Self { made, keep }
    }

    /// Whether the row of `pg_class` called `c` is a relation of ours.
    pub(super) fn relation(&self, c: &str) -> String {
        let kinds =
            [ObjectKind::View, ObjectKind::MaterializedView, ObjectKind::Sequence, ObjectKind::Partition];
        let objects = self.made.of(&kinds).map(|id| &id.name);
        any(
            &format!("{c}.relnamespace"),
            &format!("{c}.oid"),
            "to_regclass",
            self.made.tables.iter().chain(objects),
        )
    }

    /// Whether the row of `pg_class` called `c` is a table that stays.
    pub(super) fn kept(&self, c: &str) -> String {
        let keep: Vec<String> = self.keep.iter().map(|name| quote::text(name)).collect();
        let keep = if keep.is_empty() { "NULL".to_owned() } else { keep.join(", ") };
        format!("coalesce({c}.relnamespace = {OWN} AND {c}.relname IN ({keep}), false)")
    }

    /// Whether the row of `pg_type` called `t` is a type of ours.
    pub(super) fn kind(&self, t: &str) -> String {
        let names = self.made.of(&[ObjectKind::Enum]).map(|id| &id.name);
        any(&format!("{t}.typnamespace"), &format!("{t}.oid"), "to_regtype", names)
    }

    /// Whether the row of `pg_proc` called `p` is a routine of ours. One whose arguments a migration spelled otherwise than
    /// the server is known by its name, when that is the only one.
    pub(super) fn routine(&self, p: &str) -> String {
        let of = |id: &ObjectId| {
            let schema = id.name.schema.as_deref()?;
            let arguments = id.arguments.as_deref().unwrap_or_default().to_lowercase().replace(' ', "");
            Some(format!(
                "(to_regnamespace({}), {}, {})",
                quote::text(&quote::identifier(schema, QUOTE)),
                quote::text(&id.name.name),
                quote::text(&arguments)
            ))
        };
        let made = self.made.of(&[ObjectKind::Function, ObjectKind::Procedure]);
        let made: Vec<String> = made.filter_map(of).collect();
        let own = format!("{p}.pronamespace = {OWN}");
        if made.is_empty() {
            return format!("coalesce({own}, false)");
        }
        format!(
            "coalesce({own} OR EXISTS (SELECT FROM (VALUES {}) AS m (space, name, arguments) \
             WHERE m.space = {p}.pronamespace AND m.name = {p}.proname \
             AND (m.arguments = lower(replace(oidvectortypes({p}.proargtypes), ' ', '')) \
             OR (SELECT count(*) FROM pg_proc q WHERE q.pronamespace = {p}.pronamespace AND q.proname = {p}.proname) = 1)), \
             false)",
            made.join(", ")
        )
    }

    /// The schemas that migrations made, as literals; the connection's own is not among what goes.
    pub(super) fn spaces(&self) -> Option<String> {
        let names: Vec<String> = self.made.namespaces().map(quote::text).collect();
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The extensions that migrations installed, as literals.
    pub(super) fn extensions(&self) -> Option<String> {
        let names = self.made.of(&[ObjectKind::Extension]).map(|id| quote::text(&id.name.name));
        let names: Vec<String> = names.collect();
        (!names.is_empty()).then(|| names.join(", "))
    }
}

fn any<'n>(space: &str, oid: &str, find: &str, names: impl Iterator<Item = &'n TableName>) -> String {
    let found: Vec<String> = names
        .filter_map(|name| Some(format!("{}.{}", quoted(name.schema.as_deref()?), quoted(&name.name))))
        .map(|name| format!("{find}({})::oid", quote::text(&name)))
        .collect();
    match found.is_empty() {
        true => format!("coalesce({space} = {OWN}, false)"),
        false => {
            format!("(coalesce({space} = {OWN}, false) OR coalesce({oid} IN ({}), false))", found.join(", "))
        }
    }
}

fn quoted(name: &str) -> String {
    quote::identifier(name, QUOTE)
}
