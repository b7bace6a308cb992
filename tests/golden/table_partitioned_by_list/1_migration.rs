use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("mysql", |schema| {
            schema.create("visits", |table| {
                table.big_integer("id");
                table.string_of("country", 40);
                table.primary(["id", "country"]);
                table
                    .partition_by_list("country")
                    .partition("visits_here", "VALUES IN ('ch','it''s')")
                    .partition("visits_there", "VALUES IN ('de')");
            });
        })
        .otherwise(|schema| {
            schema.create("visits", |table| {
                table.big_integer("id");
                table.string_of("country", 40);
                table.primary(["id", "country"]);
                table
                    .partition_by_list("country")
                    .partition("visits_here", "FOR VALUES IN ('ch', 'it''s')")
                    .partition("visits_elsewhere", "DEFAULT");
            });
        });
}
