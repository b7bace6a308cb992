use arvel_migrate::prelude::*;

migration! { up }

// NULL in all columns or in none.
fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.foreign(["country", "code"]).references(["country", "code"]).on("users").match_full();
    });
}
