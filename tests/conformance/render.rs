//! A case as text: what one dialect would send on the way up and on the way down, or why it refuses.

use std::fmt::Write as _;

use arvel_migrate::{
    dialect::{CompileError, Dialect, Statement},
    migration::TransactionMode,
    operation::Operation,
    schema::DatabaseSchema,
};

use crate::{
    case::{Case, running},
    spelling::Spelling,
};

/// The executor turns them off before the transaction, for the whole step.
const FOREIGN_KEYS_OFF: &str = "-- while foreign keys are off\n";

/// The whole file.
pub(crate) fn page(dialect: &dyn Dialect, case: &Case) -> String {
    let mut schema = DatabaseSchema::default();
    match section(dialect, &case.before(), &mut schema) {
        // The way back is made of what the database shows.
        Ok(_) => {
            let spelling = Spelling::of(dialect.capability().display_name);
            up_and_down(dialect, case, spelling.apply(schema))
        }
        Err(error) => format!("-- before\n{}", refusal(&error)),
    }
}

/// The file from `-- up` on, with what is there before it.
pub(crate) fn up_and_down(dialect: &dyn Dialect, case: &Case, mut schema: DatabaseSchema) -> String {
    let down = case.down(dialect, &schema);
    let up = match section(dialect, &case.up(), &mut schema) {
        Ok(up) => up,
        Err(error) => return format!("-- up\n{}", refusal(&error)),
    };
    let down = match down {
        Ok(down) => section(dialect, &down, &mut schema).unwrap_or_else(|error| refusal(&error)),
        Err(irreversible) => comment(&irreversible.to_string()),
    };
    format!("-- up\n{up}\n-- down\n{down}")
}

/// The statements of operations, and the schema behind them.
fn section(
    dialect: &dyn Dialect,
    operations: &[Operation],
    schema: &mut DatabaseSchema,
) -> Result<String, CompileError> {
    let mut out = String::new();
    for operation in running(dialect, operations, &mut schema.clone()) {
        if let Operation::Data(step) = &operation {
            let _ = writeln!(out, "-- at run time: code `{}`", step.name);
        }
        for statement in dialect.compile(&operation, schema)? {
            if statement.needs_foreign_keys_off && !out.starts_with(FOREIGN_KEYS_OFF) {
                out.insert_str(0, FOREIGN_KEYS_OFF);
            }
            write(&mut out, &statement);
        }
        dialect.fold(&operation, schema);
    }
    if out.is_empty() {
        out.push_str("-- nothing to do\n");
    }
    Ok(out)
}

fn write(out: &mut String, statement: &Statement) {
    if statement.transaction == TransactionMode::None {
        out.push_str("-- outside a transaction\n");
    }
    let _ = writeln!(out, "{};", statement.sql);
}

/// Why not, and what to do instead.
pub(crate) fn refusal(error: &CompileError) -> String {
    let mut out = comment(&format!("refused: {error}"));
    if let Some(hint) = error.hint() {
        out.push_str(&comment(&format!("hint: {hint}")));
    }
    out
}

fn comment(text: &str) -> String {
    text.lines().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "-- {line}");
        out
    })
}
