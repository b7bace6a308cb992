use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.add_enum_value("mood", "sad").before("it's bad");
    schema.add_enum_value("mood", "angry").after("happy");
    schema.add_enum_value("mood", "at last");
}
