// published from arvel-media 0.1.0: create_media_table (sha256:9ac752c0af25ff0e0baf88934cb05c918ba931e5135cae8b2b3834c7038e3ae8)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-media/create_media_table", depends_on: ["arvel-auth/create_users_table"] }

fn up(schema: &mut Schema) {
    schema.create("media", |table| {
        table.id();
        table.uuid("uuid").unique();
        table.morphs("attachable");
        table.string_of("collection", 64).default("default");
        table.string("file_name");
        table.string_of("disk", 64).default("local");
        table.string_of("path", 500);
        table.string("mime_type");
        // Bytes.
        table.unsigned_big_integer("size");
        table.jsonb("custom_properties").nullable();
        table.integer("position").default(0);
        table.foreign_id("uploaded_by").nullable().index().constrained("users").null_on_delete();
        table.timestamps();
        table.unique(["disk", "path"]);
    });
}

fn down(schema: &mut Schema) {
    schema.drop("media");
}
