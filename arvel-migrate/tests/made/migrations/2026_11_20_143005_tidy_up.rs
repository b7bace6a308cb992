use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    let _ = schema; // replace this line by what the migration does
}

fn down(schema: &mut Schema) {
    let _ = schema; // replace this line by the way back
}
