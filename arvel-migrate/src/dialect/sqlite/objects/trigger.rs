//! Triggers, as text. SQLite keeps the text from the name on.

use crate::{
    dialect::{CompileError, Probe, Statement, objects::one_statement},
    operation::{Object, TriggerDef},
};

use super::super::{
    compile::Context,
    rules::RULES,
    text::{self, Token},
};

/// The text as written.
pub(super) fn create(context: &Context<'_>, trigger: &TriggerDef) -> Result<Vec<Statement>, CompileError> {
    let sql = one_statement(&context.scope(), &trigger.sql, &RULES)?;
    let tokens = text::tokens(&sql);
    let words: Vec<String> = tokens.iter().take(3).map(|token| token.text.to_uppercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["CREATE", "TEMP" | "TEMPORARY", ..] => Err(context
            .unsupported("a temporary trigger goes with the connection", "leave `TEMP` out of its text")),
        ["CREATE", "TRIGGER", "IF"] => Err(context.unsupported(
            "a trigger that may have been there before has no way back",
            "leave `IF NOT EXISTS` out, or drop it before with `schema.drop_trigger_if_exists(…)`",
        )),
        ["CREATE", "TRIGGER", ..] => {
            let probe = Probe::ObjectExists(Object::Trigger(trigger.clone()).id());
            Ok(vec![Statement::new(sql).probed(probe)])
        }
        _ => Err(context.unsupported(
            "its text does not begin with `CREATE TRIGGER`",
            "write other statements with `schema.sql(…)`",
        )),
    }
}

/// The trigger as an inspection shows it: `CREATE TRIGGER`, and the text from the name on.
pub(super) fn catalog(trigger: &TriggerDef) -> TriggerDef {
    let tokens = text::tokens(&trigger.sql);
    // The name stands behind `TRIGGER`, and behind the schema when there is one.
    let name = match tokens.get(3) {
        Some(point) if point.symbol(".") => tokens.get(4),
        _ => tokens.get(2),
    };
    let Some(start) = name.map(|token| token.start) else { return trigger.clone() };
    let end = tokens.iter().rev().find(|token| !token.symbol(";")).map_or(start, Token::end);
    TriggerDef { sql: format!("CREATE TRIGGER {}", &trigger.sql[start..end]), ..trigger.clone() }
}
