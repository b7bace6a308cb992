use arvel_migrate::prelude::*;

migration! { up }

// The keys that point to the table follow it.
fn up(schema: &mut Schema) {
    schema.rename("authors", "people");
}
