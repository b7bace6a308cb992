use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_procedure("forget_posts", "");
    schema.drop_procedure_if_exists("never_there", "");
}
