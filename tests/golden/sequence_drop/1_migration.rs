use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_sequence("invoice_numbers");
    schema.drop_sequence_if_exists("never_there");
}
