use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create("readings", |table| {
            table.integer("place");
            table.integer("n").nullable();
            table
                .partition_by_list("place")
                .partition("near", "VALUES IN (1,2)")
                .partition("far", "VALUES IN (3)");
        });
    });
}
