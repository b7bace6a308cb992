use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_sequence("post_numbers", |sequence| {
        sequence.of_type("integer").owned_by("posts", "number");
    });
}
