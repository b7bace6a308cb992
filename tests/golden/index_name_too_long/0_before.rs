use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("a_table_whose_name_leaves_little_room_for_others", |table| {
        table.id();
        table.string_of("a_column_with_a_long_name", 40);
        table.string_of("another_column_with_a_long_name", 40);
    });
}
