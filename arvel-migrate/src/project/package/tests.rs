//! What a new package is made of. That it compiles, passes its own tests and is formatted is run in `tests/cli/packages`.

use super::*;

fn request(words: &[&str]) -> PackageRequest {
    let (name, rest) = words.split_first().unwrap();
    let (tables, fields): (Vec<&str>, Vec<&str>) = rest.iter().partition(|word| !word.contains(':'));
    PackageRequest {
        name: (*name).to_owned(),
        table: tables.first().map(|table| (*table).to_owned()),
        fields: fields.into_iter().map(str::to_owned).collect(),
        ..PackageRequest::default()
    }
}

fn text(package: &NewPackage, path: &str) -> String {
    package.files().find(|(name, _)| *name == path).map(|(_, text)| text.to_owned()).expect(path)
}

#[test]
fn one_name_is_enough() {
    let package = NewPackage::make(&request(&["acme-billing"])).unwrap();
    let names: Vec<&str> = package.files().map(|(path, _)| path).collect();
    let expected = [
        "Cargo.toml",
        "README.md",
        "src/lib.rs",
        "src/models.rs",
        "src/stubs/create_acme_billings_table.rs",
        "tests/stubs.rs",
    ];
    assert_eq!(names, expected);
    assert_eq!((package.table.as_str(), package.model.as_str()), ("acme_billings", "AcmeBilling"));
    assert_eq!(package.origin(), "acme-billing/create_acme_billings_table");
    assert!(text(&package, "src/stubs/create_acme_billings_table.rs").contains("table.string(\"name\");"));
}

#[test]
fn table_and_model_are_made_of_each_other() {
    let cases = [
        (Some("invoices"), None, "invoices", "Invoice"),
        (None, Some("OrderItem"), "order_items", "OrderItem"),
        (Some("invoices"), Some("Bill"), "invoices", "Bill"),
    ];
    for (table, model, made_table, made_model) in cases {
        let request = PackageRequest {
            table: table.map(str::to_owned),
            model: model.map(str::to_owned),
            ..request(&["acme"])
        };
        let package = NewPackage::make(&request).unwrap();
        assert_eq!((package.table.as_str(), package.model.as_str()), (made_table, made_model));
    }
}

#[test]
fn the_manifest_names_where_arvel_comes_from() {
    let plain = NewPackage::make(&request(&["acme"])).unwrap();
    let version = env!("CARGO_PKG_VERSION").rsplit_once('.').unwrap().0;
    let manifest = text(&plain, "Cargo.toml");
    assert!(manifest.contains(&format!("\narvel-migrate = \"{version}\"\n")), "{manifest}");
    let workspace = include_str!("../../../../Cargo.toml");
    let sqlx = manifest.lines().find(|line| line.starts_with("sqlx = ")).unwrap().split('"').nth(1).unwrap();
    assert!(workspace.contains(&format!("\nsqlx = {{ version = \"{sqlx}\"")), "{sqlx}");
    let dependency = Some("{ path = \"../arvel\" }".to_owned());
    let here = NewPackage::make(&PackageRequest { dependency, ..request(&["acme"]) }).unwrap();
    assert!(text(&here, "Cargo.toml").contains("\narvel-migrate = { path = \"../arvel\" }\n"));
}

#[test]
fn a_model_holds_every_kind_of_column() {
    let words = [
        "acme",
        "things",
        "number:string:unique",
        "order:integer",
        "type:string:null",
        "rate:float",
        "paid:boolean",
        "total:decimal:10,2",
        "data:jsonb:null",
        "scan:binary:null",
        "owner:morphs",
        "paid_at:timestamp:null",
        "soft_deletes:soft_deletes",
    ];
    let package = NewPackage::make(&request(&words)).unwrap();
    let models = text(&package, "src/models.rs");
    for part in [
        "    pub id: i64,\n",
        "    pub number: String,\n",
        "    pub order: i64,\n",
        "    pub type_: Option<String>,\n",
        "    pub rate: f64,\n",
        "    pub paid: bool,\n",
        "    pub total: String,\n",
        "    pub data: Option<String>,\n",
        "    pub scan: Option<Vec<u8>>,\n",
        "    pub owner_type: String,\n    /// The column `owner_id`.\n    pub owner_id: i64,\n",
        "    pub paid_at: Option<String>,\n",
        "    pub deleted_at: Option<String>,\n",
        "#[derive(Clone, Debug, PartialEq)]\n",
        "CAST(\\\"order\\\" AS bigint) AS \\\"order\\\"",
        "CAST(`order` AS signed) AS `order`",
        "type AS type_",
    ] {
        assert!(models.replace(" \\\n        ", " ").contains(part), "{part} is not in\n{models}");
    }
}

#[test]
fn what_can_not_be_made_is_told_with_what_would_do() {
    let cases = [
        (&["Acme"][..], "`Acme` can not be the name of a package", "use `acme`"),
        (
            &["acme", "Invoices"],
            "`Invoices` can not be the name of its table",
            "use a name such as `invoices`",
        ),
        (
            &["acme", "strings"],
            "`String` can not be the name of its model",
            "give it one with `--model Invoice`",
        ),
        (&["acme", "invoices", "a:nothing"], "field `a:nothing`: there is no type `nothing`", ""),
        (
            &["acme", "invoices", "user:references"],
            "field `user:references`: the table `users` is not made by this package",
            "make the package without it",
        ),
    ];
    for (words, told, hint) in cases {
        let error = NewPackage::make(&request(words)).unwrap_err();
        assert!(error.to_string().starts_with(told), "{error}");
        assert!(error.hint().starts_with(hint), "{}", error.hint());
    }
    let parent = NewPackage::make(&request(&["acme", "folders", "parent:references:folders:null"])).unwrap();
    assert!(text(&parent, "src/models.rs").contains("pub parent_id: Option<i64>"));
}

#[test]
fn a_package_is_written_once() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("acme");
    let package = NewPackage::make(&request(&["acme"])).unwrap();
    package.check(&folder).unwrap();
    package.write(&folder).unwrap();
    for (path, text) in package.files() {
        assert_eq!(std::fs::read_to_string(folder.join(path)).unwrap(), text);
    }
    for refused in [package.check(&folder), package.write(&folder)] {
        assert!(matches!(refused, Err(NewPackageError::Occupied { .. })), "{refused:?}");
    }
}
