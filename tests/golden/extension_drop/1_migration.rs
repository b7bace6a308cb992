use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_extension("citext");
    schema.drop_extension_if_exists("hstore");
}
