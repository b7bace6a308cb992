use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create("notifications", |table| {
        table.uuid("id").primary();
        table.string("type");
        // Not `morphs`: its index would be a prefix of the one below.
        table.string("notifiable_type");
        table.unsigned_big_integer("notifiable_id");
        table.jsonb("data");
        table.timestamp("read_at").nullable();
        table.timestamps();
        table.index(["notifiable_type", "notifiable_id", "read_at"]);
    });
}

fn down(schema: &mut Schema) {
    schema.drop("notifications");
}
