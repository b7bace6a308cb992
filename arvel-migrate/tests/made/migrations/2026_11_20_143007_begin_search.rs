use arvel_migrate::prelude::*;

migration! {
    up,
    down,
    parents: ["2026_11_20_143002_create_posts_table"],
    depends_on: ["2026_11_20_143005_tidy_up"],
    labels: ["search"],
}

fn up(schema: &mut Schema) {
    let _ = schema; // replace this line by what the migration does
}

fn down(schema: &mut Schema) {
    let _ = schema; // replace this line by the way back
}
