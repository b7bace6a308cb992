//! Views. SQLite can neither replace nor rename one: it is made anew, and the triggers on it after it.

use crate::{
    dialect::{
        CompileError, Probe, Statement,
        objects::{one_statement, trimmed},
        quote,
    },
    operation::{Object, ObjectId, ObjectKind, TableName, ViewDef},
    schema::DatabaseSchema,
};

use super::{
    super::{QUOTE, compile::Context, rules::RULES, text},
    drop,
};

/// `CREATE VIEW "name" AS …`.
pub(super) fn create(
    context: &Context<'_>,
    view: &ViewDef,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let id = Object::View(view.clone()).id();
    one_statement(&context.scope(), &view.query, &RULES)?;
    context.table(&view.name)?;
    context.names(&view.columns)?;
    let made = Statement::new(sql(view)).probed(Probe::ObjectExists(id.clone()));
    if !view.replace {
        return Ok(vec![made]);
    }
    let mut out = drop(context, &id, true)?;
    out.push(made);
    out.extend(triggers(before, &view.name, &view.name));
    Ok(out)
}

/// The text that SQLite keeps.
pub(super) fn sql(view: &ViewDef) -> String {
    let mut sql = format!("CREATE VIEW {}", quote::identifier(&view.name.name, QUOTE));
    if !view.columns.is_empty() {
        sql.push_str(&format!(" ({})", quote::list(&view.columns, QUOTE)));
    }
    sql.push_str(&format!(" AS\n{}", trimmed(&view.query)));
    sql
}

/// Drops the view and makes it under the other name.
pub(super) fn rename(
    context: &Context<'_>,
    id: &ObjectId,
    to: &TableName,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let Some(Object::View(view)) = before.object(id) else {
        let operation = context.operation.describe();
        return Err(CompileError::MissingTable { operation, table: id.name.clone() });
    };
    context.table(to)?;
    let renamed = ViewDef { name: to.clone(), ..view };
    let mut out = drop(context, id, false)?;
    let made = ObjectId::new(ObjectKind::View, to.clone());
    out.push(Statement::new(sql(&renamed)).probed(Probe::ObjectExists(made)));
    out.extend(triggers(before, &id.name, to));
    Ok(out)
}

/// The triggers of a view, made again on it or on the view that takes its place.
fn triggers<'s>(
    before: &'s DatabaseSchema,
    of: &'s TableName,
    on: &'s TableName,
) -> impl Iterator<Item = Statement> + 's {
    before.objects.iter().filter_map(move |(id, object)| match object {
        Object::Trigger(trigger) if trigger.table == *of => {
            let id = ObjectId { table: Some(on.clone()), ..id.clone() };
            let sql = if of == on { trigger.sql.clone() } else { on_table(&trigger.sql, &on.name) };
            Some(Statement::new(sql).probed(Probe::ObjectExists(id)))
        }
        _ => None,
    })
}

/// The text of a trigger on another table: the name behind the first `ON`.
pub(super) fn on_table(sql: &str, table: &str) -> String {
    text::replace(sql, &quote::identifier(table, QUOTE), |tokens, index| {
        let on = tokens.iter().position(|token| token.is("on"));
        on.is_some_and(|on| index == on + 1)
    })
}

/// The view as an inspection shows it.
pub(super) fn catalog(view: &ViewDef) -> ViewDef {
    ViewDef { query: trimmed(&view.query).to_owned(), replace: false, ..view.clone() }
}

/// Reads `CREATE VIEW name (columns) AS query`.
pub(super) fn parse(sql: &str) -> Option<(Vec<String>, String)> {
    let tokens = text::tokens(sql);
    let at = tokens.iter().position(|token| token.is("as"))?;
    let open = tokens[..at].iter().position(|token| token.symbol("("));
    let columns = match open {
        Some(open) => text::by_commas(&tokens[open + 1..text::close(&tokens, open)?])
            .iter()
            .filter_map(|part| part.first().map(text::Token::name))
            .collect(),
        None => Vec::new(),
    };
    Some((columns, trimmed(&sql[tokens[at].end()..]).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_view_is_read() {
        let columns = vec!["a b".to_owned(), "c".to_owned()];
        for (sql, columns, query) in [
            ("CREATE VIEW v AS SELECT 1", vec![], "SELECT 1"),
            ("CREATE VIEW \"as\" (\"a b\", c) AS\n SELECT 1, (2) -- x\n", columns, "SELECT 1, (2) -- x"),
        ] {
            assert_eq!(parse(sql), Some((columns, query.to_owned())));
        }
    }

    #[test]
    fn a_trigger_moves_to_another_view() {
        let sql = "CREATE TRIGGER t INSTEAD OF INSERT ON v BEGIN SELECT 1 FROM v; END";
        assert_eq!(
            on_table(sql, "w x"),
            "CREATE TRIGGER t INSTEAD OF INSERT ON \"w x\" BEGIN SELECT 1 FROM v; END"
        );
    }
}
