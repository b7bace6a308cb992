use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_sequence("invoice_numbers", |sequence| {
        sequence.start(1000).increment(10).maximum(100_000).cache(5).cycle();
    });
}
