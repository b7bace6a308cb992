//! The definition of a column as CREATE and ALTER say it.

use crate::{
    dialect::{CompileError, scope::Scope},
    operation::{ColumnDef, Position},
    schema::{Column, Table},
};

use super::{
    facts::Facts,
    literal,
    shape::{self, Refusal, Shape},
};

/// `` `title` varchar(255) NOT NULL DEFAULT 'x' COMMENT 'y' ``, for a table as far as it is known.
pub(super) fn new(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &ColumnDef,
    table: &Table,
) -> Result<String, CompileError> {
    let shape = shape::of(facts, def, None, table).map_err(|refusal| refusal.of(scope))?;
    if def.starting_value.is_some() && !shape.column.auto_increment {
        return Err(counts_nothing(scope, def));
    }
    definition(scope, &shape)
}

/// `` MODIFY COLUMN `title` varchar(500) COLLATE … NOT NULL DEFAULT 'x' COMMENT 'y' ``: with everything that the
/// definition does not mention.
pub(super) fn changed(
    scope: &Scope<'_>,
    facts: &Facts,
    def: &ColumnDef,
    present: &Column,
    whole: &Table,
) -> Result<String, CompileError> {
    let key = whole.primary_key.as_ref();
    if def.nullable == Some(true) && key.is_some_and(|key| key.columns.contains(&def.name)) {
        // MariaDB takes the NULL and forgets it without a word.
        return Err(scope.unsupported(
            format!("column `{}` is part of the primary key and can not be nullable", def.name),
            "drop the primary key first, or take `nullable()` away",
        ));
    }
    let shape = shape::of(facts, def, Some(present), whole).map_err(|refusal| refusal.of(scope))?;
    if def.starting_value.is_some() && !shape.column.auto_increment {
        return Err(counts_nothing(scope, def));
    }
    super::index::still_fit(facts, whole, &shape.column).map_err(|refusal| refusal.of(scope))?;
    Ok(format!("MODIFY COLUMN {}", definition(scope, &shape)?))
}

fn counts_nothing(scope: &Scope<'_>, def: &ColumnDef) -> CompileError {
    let reason = format!("column `{}` has a starting value, but does not count up", def.name);
    Refusal::new(reason, "add `auto_increment()`, or take `starting_value(…)` away").of(scope)
}

fn definition(scope: &Scope<'_>, shape: &Shape) -> Result<String, CompileError> {
    let column = &shape.column;
    // Behind the expression of a generated column, before everything else otherwise.
    let (type_sql, srid) = match (shape.type_sql.split_once(" srid "), &column.generated) {
        (Some((type_sql, srid)), Some(_)) => (type_sql, format!(" SRID {srid}")),
        _ => (shape.type_sql.as_str(), String::new()),
    };
    let mut sql = format!("{} {type_sql}{}", scope.ident(&column.name)?, shape.charset_sql);
    if let Some(generated) = &column.generated {
        let kind = if generated.stored { "STORED" } else { "VIRTUAL" };
        sql.push_str(&format!(" GENERATED ALWAYS AS ({}) {kind}", generated.expression));
    }
    sql.push_str(&srid);
    if shape.says_null {
        sql.push_str(if column.nullable { " NULL" } else { " NOT NULL" });
    }
    if let Some(text) = &shape.default_sql {
        sql.push_str(&format!(" DEFAULT {text}"));
    }
    if let Some(text) = &shape.on_update_sql {
        sql.push_str(&format!(" ON UPDATE {text}"));
    }
    if column.auto_increment {
        sql.push_str(" AUTO_INCREMENT");
        if shape.is_key {
            sql.push_str(" PRIMARY KEY");
        }
    }
    if column.invisible {
        sql.push_str(" INVISIBLE");
    }
    if let Some(text) = &column.comment {
        sql.push_str(&format!(" COMMENT {}", literal::text(text)));
    }
    sql.push_str(&shape.check.as_ref().map_or_else(String::new, |check| format!(" {check}")));
    Ok(sql)
}

/// ` FIRST`, `` AFTER `title` ``.
pub(super) fn position(scope: &Scope<'_>, def: &ColumnDef) -> Result<String, CompileError> {
    Ok(match &def.position {
        None => String::new(),
        Some(Position::First) => " FIRST".to_owned(),
        Some(Position::After(column)) => format!(" AFTER {}", scope.ident(column)?),
    })
}
