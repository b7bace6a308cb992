use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table
            .foreign("user_id")
            .references("id")
            .on("users")
            .algorithm(Algorithm::Copy)
            .lock(LockLevel::Shared);
    });
}
