use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("streets", |table| {
        table.id();
        table.string_of("country", 2);
        table.string_of("city", 40);
        table.index(["country", "city"]);
        table.foreign(["country", "city"]).references(["country", "city"]).on("places").cascade_on_delete();
    });
}
