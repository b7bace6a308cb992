use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.timestamp("changed_at").use_current().use_current_on_update();
        table.date_time_of("seen_at", 3).nullable().use_current_on_update();
    });
}
