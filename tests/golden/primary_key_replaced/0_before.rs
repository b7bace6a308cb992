use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("places", |table| {
        table.string_of("country", 2);
        table.string_of("city", 40);
        table.string_of("code", 8);
        table.primary(["country", "city"]);
    });
}
