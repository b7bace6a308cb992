//! Values by the words of a type, as a literal of any database that has such a type.

/// A word of a type, and its value: `#` is the number of the row, `@` its letter. What holds another word in its name
/// stands before that.
const FORMS: &[(&str, &str)] = &[
    ("int4multirange", "'{[#,9)}'"),
    ("int8multirange", "'{[#,9)}'"),
    ("nummultirange", "'{[#,9)}'"),
    ("multirange", "'{[2026-01-0#,2026-02-01)}'"),
    ("int4range", "'[#0,#9)'"),
    ("int8range", "'[#0,#9)'"),
    ("numrange", "'[#0,#9)'"),
    ("range", "'[2026-01-0#,2026-01-0#]'"),
    ("integer[]", "'{1,#}'"),
    ("[]", "'{@}'"),
    ("interval", "'# day'"),
    ("vector(3)", "'[1,2,#]'"),
    ("tsvector", "'@'"),
    ("tsquery", "'@'"),
    ("point", "'(1,#)'"),
    ("lseg", "'[(0,0),(1,#)]'"),
    ("line", "'{1,2,#}'"),
    ("box", "'((0,0),(1,#))'"),
    ("path", "'((0,0),(1,#))'"),
    ("polygon", "'((0,0),(1,#))'"),
    ("circle", "'<(0,0),#>'"),
    ("bool", "TRUE"),
    ("tinyint(1)", "TRUE"),
    ("bit", "b'1010'"),
    ("year", "200#"),
    ("xml", "'<@/>'"),
    ("hstore", "'@=>#'"),
    ("int", "#"),
    ("serial", "#"),
    ("oid", "#"),
    ("numeric", "#.5"),
    ("decimal", "#.5"),
    ("real", "#.5"),
    ("double", "#.5"),
    ("float", "#.5"),
    ("money", "#.5"),
    ("timestamp", "'2026-01-0# 10:20:30'"),
    ("datetime", "'2026-01-0# 10:20:30'"),
    ("date", "'2026-01-0#'"),
    ("time", "'10:20:3#'"),
    ("uuid", "'00000000-0000-0000-0000-00000000000#'"),
    ("char(36)", "'00000000-0000-0000-0000-00000000000#'"),
    ("json", "'{\"@\": #}'"),
    ("cidr", "'10.0.0.#'"),
    ("inet4", "'10.0.0.#'"),
    ("inet", "'::#'"),
    ("macaddr8", "'08:00:2b:01:02:03:04:0#'"),
    ("macaddr", "'08:00:2b:01:02:0#'"),
    ("char", "'@'"),
    ("text", "'@'"),
    ("clob", "'@'"),
    ("blob", "'@'"),
    ("bytea", "'@'"),
    ("binary", "'@'"),
    ("ltree", "'@'"),
];

/// Whether values of the type must be made and read by functions.
pub(crate) fn is_shape(family: &str, kind: &str) -> bool {
    let kind = kind.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| kind.starts_with(word));
    is(&["geo"]) || (family == "mysql" && is(&["point", "polygon", "linestring"]))
}

/// A value of a type in lower case letters for a row, counted from 1; rows differ where the type allows it.
pub(crate) fn of(family: &str, kind: &str, row: u8) -> Option<String> {
    let form = match kind {
        "" => "'@'",
        _ if is_shape(family, kind) && kind.starts_with("polygon") => {
            "ST_GeomFromText('POLYGON((0 0, 0 #, # #, 0 0))')"
        }
        _ if is_shape(family, kind) => "ST_GeomFromText('POINT(1 #)')",
        _ => FORMS.iter().find(|(word, _)| kind.contains(word))?.1,
    };
    let letter = char::from(b'`' + row).to_string();
    Some(form.replace('#', &row.to_string()).replace('@', &letter))
}
