//! Columns as text: the whole definition of a new one, and the clauses that a change shares with it.
//!
//! `unsigned` is accepted and means nothing here, as every integer has 64 bits. What no column of SQLite can have is
//! refused.

use super::{QUOTE, compile::Context, ddl, types::Spelling};
use crate::{
    dialect::{CompileError, quote},
    dsl::conventional_name,
    operation::{ColumnDef, ColumnType, DefaultValue, ForeignKeyDef, Generated},
};

/// The whole definition of a new column.
pub(super) fn definition(
    context: &Context<'_>,
    table: &str,
    column: &ColumnDef,
    spelling: Spelling,
) -> Result<String, CompileError> {
    check(context, column)?;
    let mut words = vec![quote::identifier(&column.name, QUOTE), spelling.of(context, column)?];
    words.extend(column.collation.as_deref().map(collate));
    if column.auto_increment {
        words.push("PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned());
    } else if column.nullable != Some(true) {
        words.push("NOT NULL".to_owned());
    }
    if let Some(value) = column.default.as_ref().filter(|_| column.generated.is_none()) {
        words.push(format!("DEFAULT {}", default(context, &column.kind, value)?));
    }
    words.extend(column.generated.as_ref().map(generated));
    if let ColumnType::Enumeration { values, .. } = &column.kind {
        words.push(enumeration_check(table, column, values));
    }
    if let Some(reference) = &column.references {
        let name = reference
            .name
            .clone()
            .unwrap_or_else(|| conventional_name(table, &[column.name.as_str()], "foreign"));
        let key = ForeignKeyDef {
            name,
            columns: Vec::new(),
            references: reference.table.clone(),
            referenced_columns: vec![reference.column.clone()],
            on_delete: reference.on_delete,
            on_update: reference.on_update,
            deferrable: reference.deferrable,
            ..ForeignKeyDef::default()
        };
        words.push(ddl::foreign_key(context, &key)?);
    }
    Ok(words.join(" "))
}

/// Refuses what no column of SQLite can have.
pub(super) fn check(context: &Context<'_>, column: &ColumnDef) -> Result<(), CompileError> {
    context.name(&column.name)?;
    if column.auto_increment && Spelling::default().of(context, column)? != "integer" {
        return Err(context.unsupported(
            &format!("column `{}` counts up and is not a whole number", column.name),
            "give it an integer type",
        ));
    }
    match &column.collation {
        Some(name) => collation(context, name),
        None => Ok(()),
    }
}

/// Refuses a collation that is not built in: others exist only in the programs that register them, and no index could
/// be made here.
pub(super) fn collation(context: &Context<'_>, name: &str) -> Result<(), CompileError> {
    if ["binary", "nocase", "rtrim"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return Ok(());
    }
    Err(context.unsupported(
        &format!("there is no collation `{name}`"),
        "use `BINARY`, `NOCASE` (of ASCII letters) or `RTRIM`",
    ))
}

/// `COLLATE "NOCASE"`.
pub(super) fn collate(name: &str) -> String {
    format!("COLLATE {}", quote::identifier(name, QUOTE))
}

/// `GENERATED ALWAYS AS (…) STORED`.
pub(super) fn generated(generated: &Generated) -> String {
    let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
    format!("GENERATED ALWAYS AS ({}) {kind}", generated.expression)
}

/// The default's text, without the word DEFAULT.
pub(super) fn default(
    context: &Context<'_>,
    kind: &ColumnType,
    value: &DefaultValue,
) -> Result<String, CompileError> {
    Ok(match value {
        DefaultValue::Null => "NULL".into(),
        DefaultValue::Bool(value) => i32::from(*value).to_string(),
        DefaultValue::Integer(value) => value.to_string(),
        DefaultValue::Float(value) if value.is_finite() => format!("{value:?}"),
        DefaultValue::Float(_) => {
            return Err(
                context.unsupported("SQLite has no literal for it", "use a finite number as the default")
            );
        }
        DefaultValue::Text(value) if value.contains('\0') => {
            return Err(context.unsupported(
                "a text with a NUL character has no literal",
                "use `default_expression(\"…\")` with `char(0)` in it",
            ));
        }
        DefaultValue::Text(value) => quote::text(value),
        DefaultValue::Expression(value) | DefaultValue::Catalog(value) => format!("({value})"),
        DefaultValue::CurrentTimestamp => match kind {
            ColumnType::Date => "CURRENT_DATE".into(),
            ColumnType::Time { .. } | ColumnType::TimeTz { .. } => "CURRENT_TIME".into(),
            _ => "CURRENT_TIMESTAMP".into(),
        },
    })
}

/// The check of an enumeration, which stands at its column and goes with it.
pub(super) fn enumeration_check(table: &str, column: &ColumnDef, values: &[String]) -> String {
    let name = column.type_check.clone();
    let name = name.unwrap_or_else(|| conventional_name(table, &[column.name.as_str()], "check"));
    let values: Vec<String> = values.iter().map(|value| quote::text(value)).collect();
    format!(
        "CONSTRAINT {} CHECK ({} IN ({}))",
        quote::identifier(&name, QUOTE),
        quote::identifier(&column.name, QUOTE),
        values.join(", ")
    )
}

/// Whether `ALTER TABLE … ADD COLUMN` takes it whatever rows there are: NULL, a literal or a computed value for them, no
/// key, and no other place than the last.
pub(super) fn addable(column: &ColumnDef) -> bool {
    let literal = matches!(
        column.default,
        Some(
            DefaultValue::Bool(_) | DefaultValue::Integer(_) | DefaultValue::Float(_) | DefaultValue::Text(_)
        )
    );
    let null = matches!(column.default, None | Some(DefaultValue::Null));
    let computed = column.generated.as_ref().map(|generated| !generated.stored);
    !column.auto_increment
        && !column.primary
        && column.position.is_none()
        && computed.unwrap_or(literal || (null && column.nullable == Some(true)))
        && (null || column.references.is_none())
}
