//! `online()` of a column: what needs no look at the rows is made at once, a NOT NULL by way of a check that is
//! validated, and what would write the table anew is refused.

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    dsl::conventional_name,
    operation::{ColumnDef, ColumnType, DefaultValue, TableName},
    schema::{Column, Table},
};

use super::{change, column, fold, online, types};

/// The statements that add a column.
pub(super) fn add(
    scope: &Scope<'_>,
    table: &TableName,
    def: &ColumnDef,
) -> Result<Vec<Statement>, CompileError> {
    if let Some(why) = fills_rows(def) {
        let reason =
            format!("column `{}` {why}: the table is written anew, and nobody reads it meanwhile", def.name);
        return Err(scope.unsupported(
            reason,
            "add it nullable and without that, set the default with `change()`, and fill the rows in parts with \
             `schema.batched(…)`",
        ));
    }
    let quoted = scope.table(table)?;
    let mut sql = format!("ALTER TABLE {quoted} ADD COLUMN {}", column::bare(scope, def)?);
    let check = column::held(scope, table, def)?;
    if let Some((_, clause)) = &check {
        sql = format!("{sql},\n    ADD {clause} NOT VALID");
    }
    let mut out = vec![Statement::new(sql).probed(Probe::ColumnExists(table.clone(), def.name.clone()))];
    if let Some((name, _)) = &check {
        out.push(online::validate(scope, table, name)?);
    }
    if let Some(text) = &def.comment {
        out.push(column::comment(scope, table, &def.name, text)?);
    }
    Ok(out)
}

/// Why a new column would be written into every row.
fn fills_rows(def: &ColumnDef) -> Option<String> {
    let serial = matches!(&def.kind, ColumnType::Raw { sql } if sql.to_lowercase().contains("serial"));
    if def.generated.as_ref().is_some_and(|generated| generated.stored) {
        return Some("is computed for the rows that are there".to_owned());
    }
    if def.auto_increment || def.identity.is_some() || serial {
        return Some("counts the rows that are there".to_owned());
    }
    match &def.default {
        Some(DefaultValue::Expression(text) | DefaultValue::Catalog(text)) if !is_stable(text) => {
            Some(format!("has the default `{text}`, which may be another one for each row"))
        }
        _ => None,
    }
}

/// Whether an expression is certainly one value for all rows: what it calls is known to answer the same throughout a
/// statement. Of other functions only the server knows.
fn is_stable(text: &str) -> bool {
    const FUNCTIONS: [&str; 12] = [
        "now",
        "transaction_timestamp",
        "statement_timestamp",
        "current_timestamp",
        "localtimestamp",
        "current_time",
        "localtime",
        "current_setting",
        "lower",
        "upper",
        "coalesce",
        "concat",
    ];
    const WORDS: [&str; 9] =
        ["and", "or", "not", "in", "varchar", "char", "numeric", "timestamp", "timestamptz"];
    let mut outside = String::new();
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '\'';
        if !quoted {
            outside.push(c);
        }
    }
    let mut calls = outside.to_lowercase();
    while let Some(open) = calls.rfind('(') {
        calls.truncate(open);
        let before = calls.trim_end();
        let word = before.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '"'))).next();
        match word.unwrap_or_default() {
            "" => {}
            word if FUNCTIONS.contains(&word) || WORDS.contains(&word) => {}
            _ => return false,
        }
    }
    !quoted
}

/// The statements that change a column.
pub(super) fn change(
    scope: &Scope<'_>,
    table: &TableName,
    def: &ColumnDef,
    present: &Column,
    whole: &Table,
) -> Result<Vec<Statement>, CompileError> {
    if let Some(why) = reads_rows(def, present, whole) {
        return Err(scope.unsupported(
            format!("column `{}`: {why}, and nobody reads or writes the table meanwhile", def.name),
            "add a column of the new shape, fill it in parts with `schema.batched(…)`, and drop this one; or take \
             `online()` away when it is quiet",
        ));
    }
    let changed = change::change(scope, table, def, present, whole)?;
    let (quoted, name) = (scope.table(table)?, scope.ident(&def.name)?);
    let mut clauses = changed.clauses;
    let mut behind = Vec::new();
    if let Some((check, clause)) = changed.held {
        clauses.push(format!("ADD {clause} NOT VALID"));
        behind.push(online::validate(scope, table, &check)?);
    }
    if changed.not_null.is_some() && present.nullable {
        let proof = conventional_name(&table.name, &[&def.name], "not_null");
        let check = scope.ident(&proof)?;
        clauses.push(format!("ADD CONSTRAINT {check} CHECK ({name} IS NOT NULL) NOT VALID"));
        behind.push(online::validate(scope, table, &proof)?);
        // Two statements: one ALTER would drop the proof before it looks for it.
        let alter = |what: String| Statement::new(format!("ALTER TABLE {quoted} {what}"));
        behind.push(alter(format!("ALTER COLUMN {name} SET NOT NULL")));
        behind.push(alter(format!("DROP CONSTRAINT {check}")));
    }
    let mut out = Vec::new();
    if !clauses.is_empty() {
        let separator = if clauses.len() == 1 { " " } else { "\n    " };
        let sql = format!("ALTER TABLE {quoted}{separator}{}", clauses.join(",\n    "));
        let guards = change::guard(scope, table, def, present)?.into_iter().collect();
        out.push(Statement { guards, ..Statement::new(sql) });
    }
    out.extend(behind);
    out.extend(changed.after);
    Ok(out)
}

/// Why a change would read or write every row under a strong lock.
fn reads_rows(def: &ColumnDef, present: &Column, whole: &Table) -> Option<String> {
    if def.generated.is_some() {
        return Some("its values are computed again".to_owned());
    }
    let counts = def.auto_increment || def.identity.is_some();
    if counts && !present.auto_increment || def.starting_value.is_some() {
        return Some("the largest value is looked for".to_owned());
    }
    if def.using.is_some() {
        return Some("an expression makes every value anew".to_owned());
    }
    if def.collation.is_some() && change::collated(def) != present.collation {
        return Some("another collation orders its indexes anew".to_owned());
    }
    let to = types::type_name(&def.kind);
    if to == present.type_name {
        return None;
    }
    if !types::keeps_values(&present.type_name, &to) {
        return Some(format!("from `{}` to `{to}` every value is written anew", present.type_name));
    }
    // The server makes again what reads the column: a check is held against all rows, and an index over an expression
    // or a part of the rows is built.
    let mentions = |text: &str| crate::dialect::words::mentions(text, &def.name, fold::SPELLING);
    if present.extra.is_some() {
        return Some("the check beside its type is held against all rows again".to_owned());
    }
    if let Some(check) = whole.checks.iter().find(|check| mentions(&check.expression)) {
        let name = check.name.as_deref().unwrap_or_default();
        return Some(format!("check `{name}` is held against all rows again"));
    }
    let index = whole.indexes.iter().find(|index| {
        let expression = index.columns.iter().any(|part| part.name().is_none());
        let uses = index.covers(&def.name)
            || index.predicate.as_deref().is_some_and(mentions)
            || index.columns.iter().any(|part| part.name().is_none() && mentions(part.text()));
        uses && (expression || index.predicate.is_some())
    });
    index.map(|index| format!("index `{}` is built again", index.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_default_is_one_value_or_may_be_many() {
        for (text, stable) in [
            ("now()", true),
            ("CURRENT_DATE", true),
            ("(now() AT TIME ZONE 'utc')", true),
            ("'a(b'::varchar(3)", true),
            ("1 + (2)", true),
            ("'{}'::jsonb", true),
            ("gen_random_uuid()", false),
            ("nextval('a_seq')", false),
            ("clock_timestamp ()", false),
            ("public.now()", false),
            ("coalesce(random(), 1)", false),
        ] {
            assert_eq!(is_stable(text), stable, "{text}");
        }
    }
}
