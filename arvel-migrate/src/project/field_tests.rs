//! The grammar of fields, as tables.

use super::*;

fn column(method: &'static str, arguments: &[&str]) -> FieldKind {
    FieldKind::Column { method, arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect() }
}

fn field(name: &str, kind: FieldKind) -> Field {
    Field::plain(name.to_owned(), kind)
}

fn to(table: &str) -> FieldKind {
    FieldKind::Reference { method: "foreign_id", table: table.to_owned() }
}

#[test]
fn fields_that_are_understood() {
    let string = || column("string", &[]);
    let decimal = || column("decimal", &["10", "2"]);
    let cases = [
        ("title", Field { typed: false, ..field("title", string()) }),
        ("title?", Field { typed: false, nullable: true, ..field("title", string()) }),
        ("title:string:unique", Field { unique: true, ..field("title", string()) }),
        (
            "title:string:100:null:index",
            Field { nullable: true, index: true, ..field("title", column("string_of", &["100"])) },
        ),
        ("body:text:null", Field { nullable: true, ..field("body", column("text", &[])) }),
        ("body:text?", Field { nullable: true, ..field("body", column("text", &[])) }),
        ("price:decimal:10,2", field("price", decimal())),
        ("price:decimal(10,2)", field("price", decimal())),
        (
            "price:numeric(10, 2)?:default=-1.50",
            Field { nullable: true, default: Some("-1.5".into()), ..field("price", decimal()) },
        ),
        (
            "hits:bigInteger:unsigned:default=0",
            Field { unsigned: true, default: Some("0".into()), ..field("hits", column("big_integer", &[])) },
        ),
        (
            "big:i64:default=9999999999",
            Field { default: Some("9999999999_i64".into()), ..field("big", column("big_integer", &[])) },
        ),
        ("user:references", field("user_id", to("users"))),
        ("user_id:references", field("user_id", to("users"))),
        ("user:references:people", field("user_id", to("people"))),
        ("user:references(index):index", Field { index: true, ..field("user_id", to("index")) }),
        ("blog_post:references", field("blog_post_id", to("blog_posts"))),
        ("sales_person:references", field("sales_person_id", to("sales_people"))),
        (
            "category:references:null:set_null",
            Field {
                nullable: true,
                on_delete: Some("null_on_delete"),
                ..field("category_id", to("categories"))
            },
        ),
        (
            "team:references:on_delete=cascade",
            Field { on_delete: Some("cascade_on_delete"), ..field("team_id", to("teams")) },
        ),
        ("author_id:foreign_id:users", field("author_id", to("users"))),
        ("author_id:foreign_id", field("author_id", column("foreign_id", &[]))),
        (
            "status:enum:draft,published:default=draft",
            Field {
                default: Some("\"draft\"".into()),
                ..field("status", FieldKind::Enumeration { values: vec!["draft".into(), "published".into()] })
            },
        ),
        (
            "at:timestamp:6:default=now",
            Field { use_current: true, ..field("at", column("timestamp_of", &["6"])) },
        ),
        (
            "opens:time:default='10:00'",
            Field { default: Some("\"10:00\"".into()), ..field("opens", column("time", &[])) },
        ),
        (
            "note:text:comment=it's \"so\"",
            Field { comment: Some("it's \"so\"".into()), ..field("note", column("text", &[])) },
        ),
        (
            "active:bool:default=1",
            Field { default: Some("true".into()), ..field("active", column("boolean", &[])) },
        ),
        ("id:uuid:primary", Field { primary: true, ..field("id", column("uuid", &[])) }),
        ("commentable:morphs:null", Field { nullable: true, ..field("commentable", FieldKind::Morphs) }),
        (
            "timestamps",
            Field {
                typed: false,
                ..field(
                    "timestamps",
                    FieldKind::Fixed { method: "timestamps", columns: &["created_at", "updated_at"] },
                )
            },
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(Field::parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn fields_that_are_refused() {
    let cases = [
        ("", "field ``: \"\" is no column name"),
        ("a-b:text", "field `a-b:text`: \"a-b\" is no column name"),
        ("1a", "field `1a`: \"1a\" is no column name"),
        ("a:strng", "field `a:strng`: there is no type `strng`"),
        ("a:", "field `a:`: there is no type ``"),
        ("a:text:uniqe", "field `a:text:uniqe`: there is no modifier `uniqe`"),
        ("a:text:", "field `a:text:`: there is no modifier ``"),
        ("a:text:unique=1", "field `a:text:unique=1`: there is no modifier `unique=1`"),
        ("a:text:default", "field `a:text:default`: there is no modifier `default`"),
        ("a:decimal", "field `a:decimal`: `decimal` is written `price:decimal:10,2`"),
        ("a:decimal:2,10", "field `a:decimal:2,10`: `decimal` is written `price:decimal:10,2`"),
        ("a:decimal:10,x", "field `a:decimal:10,x`: `decimal` is written `price:decimal:10,2`"),
        ("a:string:0", "field `a:string:0`: `string` is written `title:string:100`"),
        ("a:string:99999999999", "field `a:string:99999999999`: `string` is written `title:string:100`"),
        ("a:text(10)", "field `a:text(10)`: `text` takes no arguments"),
        ("a:enum", "field `a:enum`: an enumeration names its values"),
        ("a:enum:x,,y", "field `a:enum:x,,y`: an enumeration names its values"),
        (
            "a:enum:x,y:default=z",
            "field `a:enum:x,y:default=z`: `default` does not go with it, it is none of the values",
        ),
        ("a:references:b,c", "field `a:references:b,c`: `references` takes one table"),
        (
            "a:references:set_null",
            "field `a:references:set_null`: `set_null` does not go with it, the column must be nullable",
        ),
        ("a:text:unsigned", "field `a:text:unsigned`: `unsigned` does not go with it, it is no number"),
        (
            "a:int:default=x",
            "field `a:int:default=x`: `default=x` does not go with it, the default is no whole number",
        ),
        (
            "a:int:unsigned:default=-1",
            "field `a:int:unsigned:default=-1`: `default` does not go with it, it is negative",
        ),
        (
            "a:text:use_current",
            "field `a:text:use_current`: `use_current` does not go with it, it holds no moment",
        ),
        ("a:text:cascade", "field `a:text:cascade`: `on_delete` does not go with it, it references no table"),
        (
            "a:references:on_delete=x",
            "field `a:references:on_delete=x`: `on_delete=x` does not go with it, the actions are",
        ),
        ("a:morphs:unique", "field `a:morphs:unique`: `a modifier` does not go with it"),
        (
            "a:uuid:primary:null",
            "field `a:uuid:primary:null`: `primary` does not go with it, a key is never NULL",
        ),
        ("a:decimal(10,2", "field `a:decimal(10,2`: a bracket or a quote is not closed"),
        ("a:text:default='x", "field `a:text:default='x`: a bracket or a quote is not closed"),
    ];
    for (text, message) in cases {
        let error = Field::parse(text).expect_err(text);
        assert!(error.to_string().starts_with(message), "{error}\n{message}");
        assert!(!error.hint().is_empty());
    }
    assert_eq!(
        Field::parse("a:strng").map_err(|error| error.hint()),
        Err("did you mean `string`?".to_owned())
    );
    assert_eq!(
        Field::parse("a:text:uniqe").map_err(|error| error.hint()),
        Err("did you mean `unique`?".to_owned())
    );
    assert!(Field::parse("a:xyz").expect_err("unknown").hint().starts_with("there are: string, char, "));
}

#[test]
fn a_column_is_written_once() {
    let fields =
        |fields: &[&str]| Field::parse_all(&fields.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>());
    for twice in [["a", "A:text"], ["user:references", "user_id:integer"], ["timestamps", "created_at:date"]]
    {
        assert!(matches!(fields(&twice), Err(FieldError::Twice { .. })), "{twice:?}");
    }
    assert_eq!(fields(&["a", "b"]).map(|fields| fields.len()), Ok(2));
}

#[test]
fn every_type_has_one_name() {
    for kind in TYPES {
        assert_eq!(Type::find(kind.name).map(|found| found.name), Some(kind.name));
    }
}
