use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.rename_enum("mood", "Big mood");
}
