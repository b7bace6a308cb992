use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_enum("mood", &["happy", "it's bad"]);
    schema.create("people", |table| {
        table.id();
        table.enumeration("feels", &["happy", "it's bad"]).of_type("mood").default("happy");
        table.enumeration("felt", &["happy", "it's bad"]).of_type("mood").nullable();
    });
}
