use arvel_migrate::prelude::*;

migration! { up, reads: ["tenant", "--tag"], depends_on: ["2025_12_31_000000_create_deployments"] }

fn up(schema: &mut Schema) {
    let tenant = schema.arg("tenant").unwrap_or_else(|| "shared".to_owned());
    let tag = schema.tag();
    schema.create(&format!("{tenant}_orders"), |table| {
        table.id();
        if let Some(tag) = &tag {
            table.string(tag);
        }
    });
}
