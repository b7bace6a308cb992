use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.create("photos", |table| {
            table.id();
            table.big_integer("visit_id");
            table.date("visit_day");
            table.foreign(["visit_id", "visit_day"]).references(["id", "day"]).on("visits");
        });
    });
}
