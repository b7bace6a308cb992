use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_schema("audit");
    schema.create_schema_if_not_exists("Odd schema");
}
