use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_enum("mood");
    schema.drop_enum_if_exists("mood");
}
