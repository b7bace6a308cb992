use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.create("visits", |table| {
            table.big_integer("id");
            table.string("City");
            table.date("day");
            table.partition_by_range(["day", "lower(\"City\")", "id % 10"]).partition(
                "visits_2026",
                "FOR VALUES FROM ('2026-01-01', MINVALUE, MINVALUE) TO ('2027-01-01', 'm', '5')",
            );
        });
    });
}
