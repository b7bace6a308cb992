use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("bookings", |table| {
        table
            .exclude(&[("during", "&&")])
            .named("one_at_a_time")
            .method("gist")
            .where_("cancelled_on IS NULL")
            .initially_deferred();
    });
}
