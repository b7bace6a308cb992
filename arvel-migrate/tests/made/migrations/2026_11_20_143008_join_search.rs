use arvel_migrate::prelude::*;

migration! {
    up,
    down,
    parents: ["2026_11_20_143006_by_hand", "2026_11_20_143007_begin_search"],
}

fn up(schema: &mut Schema) {
    let _ = schema; // nothing: it joins its parents
}

fn down(schema: &mut Schema) {
    let _ = schema; // nothing: it joins its parents
}
