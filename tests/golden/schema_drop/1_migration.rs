use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_schema("audit");
    schema.drop_schema_if_exists("never_there");
}
