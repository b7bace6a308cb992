use arvel_migrate::prelude::*;

migration! { up }

// Cut by convention, with a hash, so that a drop by columns finds it.
fn up(schema: &mut Schema) {
    schema.table("a_table_whose_name_leaves_little_room_for_others", |table| {
        table.index(["a_column_with_a_long_name", "another_column_with_a_long_name"]);
    });
}
