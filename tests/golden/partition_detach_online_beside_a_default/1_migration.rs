use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.table("visits", |table| {
            table.detach_partition("visits_2027").online();
        });
    });
}
