use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("drawings", |table| {
        table.id();
        table.line("axis");
        table.line_segment("edge");
        table.rectangle("frame");
        table.path("way");
        table.circle("reach");
    });
}
