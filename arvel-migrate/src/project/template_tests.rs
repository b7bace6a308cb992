//! The published templates make what the built-in ones make, byte for byte.

use proptest::prelude::*;

use super::*;
use crate::{
    project::{FileHeader, MakeRequest, Making, OwnTemplate, Stamp, Templates, make_migration, make_seeder},
    publish::FileKind,
};

/// The project's own templates, as `db publish --stubs` writes them.
fn published() -> Templates {
    let own = TEMPLATES.iter().map(|of| OwnTemplate {
        name: of.name.to_owned(),
        kind: of.kind(),
        text: of.text().to_owned(),
        path: format!("database/templates/{}", of.file()).into(),
    });
    Templates { own: own.collect(), ..Templates::default() }
}

fn fields() -> impl Strategy<Value = Vec<String>> {
    let field = prop::sample::select(vec![
        "title:string",
        "body:text:null",
        "price:decimal:10,2",
        "user:references",
        "slug:string:unique",
        "at:timestamp:null:index",
        "kind:enum:draft,published",
        "owner:morphs",
    ]);
    prop::collection::btree_set(field, 0..5)
        .prop_map(|fields| fields.into_iter().map(str::to_owned).collect())
}

fn header() -> impl Strategy<Value = FileHeader> {
    let names = || prop::collection::vec("[a-z]{3,8}", 0..3);
    let text = || prop::option::of("[a-z]{3,8}");
    (
        text(),
        prop::option::of(names()),
        names(),
        names(),
        prop::option::of("[A-Za-z ,.\"]{1,40}"),
        any::<bool>(),
    )
        .prop_map(|(revision, parents, depends_on, labels, description, transaction)| FileHeader {
            revision,
            parents,
            depends_on,
            labels,
            database: None,
            description: description.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()),
            transaction,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_new_file_is_that_of_the_built_in_template(
        name in prop::sample::select(vec!["create_posts_table", "add_slug_to_posts_table", "remove_slug_from_posts_table", "tidy_up"]),
        fields in fields(),
        header in header(),
        (sql, merge) in (any::<bool>(), any::<bool>()),
    ) {
        let of_a_table = name != "tidy_up" && !sql && !merge;
        let request = MakeRequest {
            name: name.to_owned(),
            fields: if of_a_table { fields } else { Vec::new() },
            sql,
            merge,
            header,
            ..MakeRequest::default()
        };
        let with = |templates: Templates| {
            let making = Making { templates, ..Making::from(Stamp::from_unix(1_795_185_002)) };
            make_migration(&request, &[], making)
        };
        match (with(Templates::default()), with(published())) {
            (Ok(built_in), Ok(own)) => prop_assert_eq!(built_in, own),
            (built_in, own) => prop_assert_eq!(built_in.map_err(|e| e.to_string()), own.map_err(|e| e.to_string())),
        }
    }
}

#[test]
fn a_new_seeder_is_that_of_the_built_in_template() {
    let made = |templates| make_seeder("demo_posts", &[], &templates).unwrap();
    assert_eq!(made(Templates::default()), made(published()));
    let kinds: Vec<FileKind> = TEMPLATES.iter().map(Template::kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == FileKind::Sql).count(), 1);
}
