use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.rename_enum_value("mood", "it's bad", "sad");
}
