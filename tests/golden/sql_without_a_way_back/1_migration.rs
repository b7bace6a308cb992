use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.sql("DELETE FROM posts WHERE title = 'gone'");
}
