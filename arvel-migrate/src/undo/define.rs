//! What inspection saw, as definitions that make it again. Types, defaults and expressions stay in the database's words.

use crate::{
    dialect::Dialect,
    dsl::conventional_name,
    operation::{
        AlterMode, CheckDef, ColumnDef, ColumnType, DefaultValue, ExclusionDef, ForeignKeyDef, IndexDef,
        Object, Operation, PrimaryKeyDef, TableDef, TableName, TriggerDef,
    },
    schema::{Check, Column, Exclusion, ForeignKey, Index, PrimaryKey, Table},
};

/// The operations that make a table again, with its triggers.
pub(crate) fn table<D: Dialect + ?Sized>(dialect: &D, name: &TableName, table: &Table) -> Vec<Operation> {
    let columns: Vec<ColumnDef> =
        table.columns.iter().map(|column| dialect.define_column(name, column)).collect();
    let def = TableDef {
        name: name.clone(),
        primary_key: primary_key(name, &columns, table.primary_key.as_ref()),
        columns,
        indexes: table.indexes.iter().map(index).collect(),
        foreign_keys: table.foreign_keys.iter().map(|key| foreign_key(name, key)).collect(),
        checks: table.checks.iter().map(|check| self::check(name, check)).collect(),
        exclusions: table.exclusions.iter().map(exclusion).collect(),
        comment: table.comment.clone(),
        options: table.options.clone(),
        ..TableDef::default()
    };
    let triggers = table.triggers.iter().map(|(trigger, sql)| {
        Operation::Create(Object::Trigger(TriggerDef {
            name: trigger.clone(),
            table: name.clone(),
            sql: sql.clone(),
        }))
    });
    std::iter::once(Operation::CreateTable(def)).chain(triggers).collect()
}

/// A column in the database's words.
pub(crate) fn column(column: &Column) -> ColumnDef {
    let counted = counted(&column.type_name).filter(|_| column.auto_increment);
    let kind = counted.clone().unwrap_or_else(|| ColumnType::Raw { sql: column.type_name.clone() });
    let mut def = ColumnDef::new(&column.name, kind);
    def.unsigned = counted.is_some() && column.type_name.ends_with(" unsigned");
    def.nullable = Some(column.nullable);
    def.default = column.default.clone().map(DefaultValue::Catalog);
    def.auto_increment = column.auto_increment;
    def.primary = column.auto_increment;
    def.comment.clone_from(&column.comment);
    def.generated.clone_from(&column.generated);
    def.identity.clone_from(&column.identity);
    def.collation.clone_from(&column.collation);
    def.charset.clone_from(&column.charset);
    def.invisible = column.invisible.then_some(true);
    def
}

/// The whole number that a column counts in: only such may count up by themselves.
fn counted(type_name: &str) -> Option<ColumnType> {
    match type_name.split(['(', ' ']).next()? {
        "tinyint" => Some(ColumnType::TinyInteger),
        "smallint" => Some(ColumnType::SmallInteger),
        "mediumint" => Some(ColumnType::MediumInteger),
        "int" | "integer" => Some(ColumnType::Integer),
        "bigint" => Some(ColumnType::BigInteger),
        _ => None,
    }
}

/// The primary key, unless a column that counts up brings it along.
pub(super) fn primary_key(
    table: &TableName,
    columns: &[ColumnDef],
    key: Option<&PrimaryKey>,
) -> Option<PrimaryKeyDef> {
    let key = key?;
    let sole = match key.columns.as_slice() {
        [only] => columns.iter().find(|column| &column.name == only),
        _ => None,
    };
    if sole.is_some_and(|column| column.auto_increment) {
        return None;
    }
    let name = key.name.clone().unwrap_or_else(|| conventional_name(&table.name, &key.columns, "primary"));
    Some(PrimaryKeyDef { name, columns: key.columns.clone() })
}

/// An index as a definition that makes it again.
pub(crate) fn index(index: &Index) -> IndexDef {
    IndexDef {
        name: index.name.clone(),
        columns: index.columns.clone(),
        kind: index.kind,
        method: index.method.clone(),
        predicate: index.predicate.clone(),
        include: index.include.clone(),
        nulls_not_distinct: index.nulls_not_distinct,
        deferrable: index.deferrable,
        language: index.language.clone(),
        comment: index.comment.clone(),
        invisible: index.invisible,
        parameters: index.parameters.clone(),
        mode: AlterMode::default(),
    }
}

pub(super) fn foreign_key(table: &TableName, key: &ForeignKey) -> ForeignKeyDef {
    let name = key.name.clone().unwrap_or_else(|| conventional_name(&table.name, &key.columns, "foreign"));
    ForeignKeyDef {
        name,
        columns: key.columns.clone(),
        references: key.references.clone(),
        referenced_columns: key.referenced_columns.clone(),
        on_delete: Some(key.on_delete),
        on_update: Some(key.on_update),
        deferrable: key.deferrable,
        match_full: key.match_full,
        mode: AlterMode { not_valid: key.not_valid, ..AlterMode::default() },
    }
}

pub(super) fn check(table: &TableName, check: &Check) -> CheckDef {
    let name = check.name.clone().unwrap_or_else(|| conventional_name(&table.name, &["unnamed"], "check"));
    CheckDef {
        name,
        expression: check.expression.clone(),
        mode: AlterMode { not_valid: check.not_valid, ..AlterMode::default() },
    }
}

pub(super) fn exclusion(exclusion: &Exclusion) -> ExclusionDef {
    ExclusionDef {
        name: exclusion.name.clone(),
        definition: Some(exclusion.definition.clone()),
        ..ExclusionDef::default()
    }
}
