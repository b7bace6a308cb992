use arvel_migrate::prelude::*;

migration! { up }

// Stated, so that the server refuses instead of taking another way.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index("email").algorithm(Algorithm::InPlace).lock(LockLevel::None);
    });
}
