// published from arvel-audit 0.1.0: create_audit_entries_table (sha256:3ba2ab95f9c9f93268f4beed82b1c027728ae4bf917e3e8e1357c96d34eb5742)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-audit/create_audit_entries_table" }

fn up(schema: &mut Schema) {
    schema.create("audit_entries", |table| {
        table.id();
        table.nullable_morphs("actor");
        table.morphs("auditable");
        table.string_of("event", 64);
        table.jsonb("old_values").nullable();
        table.jsonb("new_values").nullable();
        // The longest text of an IPv6 address has 45 characters.
        table.string_of("ip_address", 45).nullable();
        table.text("user_agent").nullable();
        table.text("url").nullable();
        table.timestamp("created_at").use_current().index();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("audit_entries");
}
