use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_extension("citext");
    schema.create_extension_if_not_exists("hstore");
}
