//! What makes a package that brings tables elsewhere, and what copies them into an application.

use super::{Row, Section, World, same};

pub(crate) fn section() -> Section {
    Section {
        title: "Packages: Rails, Django, Laravel",
        about: "What makes a package that brings tables, and what copies its migrations \
                ([Writing a package](../packages.md)).",
        rows: rows(),
        inventory: &[],
    }
}

fn rows() -> Vec<Row> {
    vec![
        same("rails plugin new acme-billing --mountable", "make package acme-billing")
            .at(World::Empty)
            .writes("acme-billing/src/stubs/create_acme_billings_table.rs"),
        same("rails plugin new acme-billing --mountable --pretend", "make package acme-billing --pretend")
            .at(World::Empty)
            .shows("would write `acme-billing/Cargo.toml`"),
        same("rails railties:install:migrations FROM=arvel_auth", "db publish --package arvel-auth")
            .at(World::Empty)
            .writes("_create_users_table.rs"),
        same("django-admin startapp billing", "make package billing invoices number:string")
            .note("a crate of its own, which any application can link")
            .at(World::Empty)
            .writes("billing/src/models.rs"),
        same("django-admin startapp billing apps/billing", "make package billing --path apps/billing")
            .at(World::Empty)
            .writes("apps/billing/src/lib.rs"),
        same(
            "composer create-project spatie/package-skeleton-laravel acme-billing",
            "make package acme-billing --model Invoice",
        )
        .at(World::Empty)
        .writes("acme-billing/tests/stubs.rs"),
    ]
}

#[test]
fn what_people_typed_for_packages() {
    super::check(section());
}
