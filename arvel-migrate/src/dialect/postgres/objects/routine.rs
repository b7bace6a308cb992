//! Functions, procedures and triggers, as text.

use crate::{
    dialect::{CompileError, Probe, Statement, objects::one_statement, scope::Scope},
    operation::{Object, ObjectId, Operation},
};

use super::super::rules::RULES;

/// The text as written.
pub(super) fn create(scope: &Scope<'_>, object: &Object, sql: &str) -> Result<Vec<Statement>, CompileError> {
    let sql = one_statement(scope, sql, &RULES)?;
    let probe = if object.may_replace() { Probe::Repeatable } else { Probe::ObjectExists(object.id()) };
    Ok(vec![Statement::new(sql).probed(probe)])
}

/// A routine comes back as the server writes it, `CREATE OR REPLACE …`, also where its text is the author's, without a
/// connection: a drop before it would be refused where something calls it.
pub(in crate::dialect::postgres) fn put_back(operation: &mut Operation) {
    let Operation::Create(Object::Routine(routine)) = operation else { return };
    let mut words = routine.sql.split_whitespace().take(2).map(str::to_lowercase);
    let (first, second) = (words.next(), words.next());
    if first.as_deref() == Some("create") && matches!(second.as_deref(), Some("function" | "procedure")) {
        let rest = &routine.sql.trim_start()["create".len()..];
        routine.sql = format!("CREATE OR REPLACE{rest}");
    }
}

/// `"name"(integer, text)`; types stand as written. They are part of the statement, so they must end where it does.
pub(super) fn signature(scope: &Scope<'_>, id: &ObjectId) -> Result<String, CompileError> {
    let arguments = id.arguments.as_deref().unwrap_or_default();
    one_statement(scope, &format!("f({arguments})"), &RULES)?;
    Ok(format!("{}({arguments})", scope.table(&id.name)?))
}

/// `"name" ON "table"`.
pub(super) fn on_table(scope: &Scope<'_>, id: &ObjectId) -> Result<String, CompileError> {
    match &id.table {
        Some(table) => Ok(format!("{} ON {}", scope.ident(&id.name.name)?, scope.table(table)?)),
        None => {
            Err(scope.unsupported("its table is not said", "say it with `schema.drop_trigger(name, table)`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{RoutineDef, TableName};

    #[test]
    fn a_routine_comes_back_by_replacing() {
        let put = |sql: &str| {
            let routine =
                RoutineDef { name: TableName::from("f"), sql: sql.to_owned(), ..RoutineDef::default() };
            let mut operation = Operation::Create(Object::Routine(routine));
            put_back(&mut operation);
            match operation {
                Operation::Create(Object::Routine(routine)) => routine.sql,
                _ => String::new(),
            }
        };
        assert_eq!(put(" create\n function f() …"), "CREATE OR REPLACE\n function f() …");
        assert_eq!(put("CREATE PROCEDURE f() …"), "CREATE OR REPLACE PROCEDURE f() …");
        for same in ["CREATE OR REPLACE FUNCTION f() …", "/* f */ CREATE FUNCTION f() …", ""] {
            assert_eq!(put(same), same);
        }
    }
}
