use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string("nickname").nullable().instant();
        table.string("name").nullable().algorithm(Algorithm::Copy).lock(LockLevel::Shared).change();
    });
}
