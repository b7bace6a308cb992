use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.table("visits", |table| {
            table.rename_column("day", "Happened on");
            table.integer("minutes").nullable();
            table.unique(["city", "Happened on"]);
        });
        schema.rename("visits", "stays");
        schema.rename("visits_2026", "stays of 2026");
    });
}
