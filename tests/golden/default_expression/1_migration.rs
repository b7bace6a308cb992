use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("things", |table| {
        table.id();
        table.string("code").default_expression("upper('x')");
    });
}
