//! Columns: every type that needs no extension of a server, with every modifier.

use arvel_migrate::{
    operation::{
        ColumnDef, ColumnType, DefaultValue, Feature, Generated, Identity, Position, RangeOf, SpecialType,
    },
    schema::Table,
};

use super::draw::Draw;

const NAMES: [&str; 6] = ["a", "b", "c", "D d", "sélect", "e`\"'f"];

type Kind = (ColumnType, Vec<DefaultValue>);

fn text(text: &str) -> DefaultValue {
    DefaultValue::Text(text.to_owned())
}

fn numbers() -> Vec<DefaultValue> {
    vec![DefaultValue::Integer(0), DefaultValue::Integer(7), text("12")]
}

fn integers() -> Vec<Kind> {
    use ColumnType::{BigInteger, Integer, MediumInteger, SmallInteger, TinyInteger};
    [TinyInteger, SmallInteger, MediumInteger, Integer, BigInteger].map(|kind| (kind, numbers())).to_vec()
}

fn texts() -> Vec<Kind> {
    use ColumnType as T;
    vec![
        (T::String { length: 40 }, vec![text("it's"), text("\\"), text("")]),
        (T::String { length: 90 }, vec![text("x")]),
        (T::Char { length: 40 }, vec![text("ab")]),
        (T::Text, vec![text("x")]),
        (T::MediumText, Vec::new()),
        (T::LongText, Vec::new()),
        (T::TinyText, Vec::new()),
    ]
}

fn moments() -> Vec<Kind> {
    use ColumnType as T;
    let now = || vec![DefaultValue::CurrentTimestamp];
    vec![
        (T::DateTime { precision: 0 }, now()),
        (T::DateTime { precision: 3 }, now()),
        (T::Timestamp { precision: 0 }, now()),
        (T::Timestamp { precision: 6 }, now()),
    ]
}

fn others() -> Vec<Kind> {
    use ColumnType as T;
    use SpecialType as S;
    let names = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let mut all: Vec<Kind> = vec![
        (T::Decimal { precision: 9, scale: 3 }, vec![DefaultValue::Float(1.25), DefaultValue::Integer(2)]),
        (T::Float, vec![DefaultValue::Float(0.5)]),
        (T::Double, vec![DefaultValue::Float(-2.5), DefaultValue::Integer(4)]),
        (T::Boolean, vec![DefaultValue::Bool(true), DefaultValue::Bool(false)]),
        (T::Binary, Vec::new()),
        (T::MediumBinary, Vec::new()),
        (T::LongBinary, Vec::new()),
        (T::BinaryOf { length: 20, fixed: false }, Vec::new()),
        (T::BinaryOf { length: 20, fixed: true }, Vec::new()),
        (T::Date, vec![DefaultValue::CurrentTimestamp]),
        (T::Time { precision: 2 }, vec![text("10:20:30")]),
        (T::TimeTz { precision: 0 }, Vec::new()),
        (T::Year, vec![DefaultValue::Integer(2026)]),
        (T::Uuid, Vec::new()),
        (T::Ulid, Vec::new()),
        (T::Json, vec![text("{}")]),
        (T::Jsonb, vec![text("[]")]),
        (T::Enumeration { values: names(&["x", "it's"]), type_name: None }, vec![text("x")]),
        (T::Enumeration { values: names(&["only"]), type_name: None }, Vec::new()),
        (T::Set { values: names(&["x", "y"]) }, vec![text("x")]),
        (T::IpAddress, Vec::new()),
        (T::MacAddress, Vec::new()),
        (T::Array(Box::new(T::Integer)), Vec::new()),
        (T::Array(Box::new(T::String { length: 9 })), Vec::new()),
    ];
    let special = [
        S::Bit { length: 4 },
        S::BitVarying { length: Some(9) },
        S::BitVarying { length: None },
        S::Money,
        S::Interval,
        S::Cidr,
        S::MacAddress8,
        S::Xml,
        S::Oid,
        S::TsVector,
        S::TsQuery,
        S::Range(RangeOf::Integer),
        S::Range(RangeOf::Timestamp),
        S::Multirange(RangeOf::Date),
        S::Point,
        S::Line,
        S::LineSegment,
        S::Box,
        S::Path,
        S::Polygon,
        S::Circle,
    ];
    all.extend(special.map(|special| (T::Special(special), Vec::new())));
    all
}

impl Draw {
    /// Types that every database has under a name of its own, or that stand for what else there is.
    fn own_kind(&mut self) -> Option<Kind> {
        use ColumnType as T;
        let raw = if self.is("mysql") { "decimal(7,2)" } else { "numeric(7,2)" };
        // Nobody reads a type as written, so nobody foresees how a server shows its default.
        let mut all = vec![(T::Raw { sql: raw.to_owned() }, Vec::new())];
        // A database without such types holds the values in the column.
        let values = || vec!["fine".to_owned(), "it's bad".to_owned()];
        let mut of_type = |name: &str, values: Vec<String>| {
            let default = values.first().map(|value| text(value));
            let kind = T::Enumeration { values, type_name: Some(name.into()) };
            all.push((kind, default.into_iter().collect()));
        };
        match self.is("postgres") {
            true => self.enums.iter().for_each(|def| of_type(&def.name.name, def.values.clone())),
            false => of_type("mood", values()),
        }
        if self.is("mysql") {
            let shape = || Some("polygon".to_owned());
            all.push((T::Geometry { subtype: None, srid: None }, Vec::new()));
            all.push((T::Geography { subtype: shape(), srid: None }, Vec::new()));
        }
        self.dice.one_in(6).then(|| self.dice.pick(&all))
    }

    fn kind(&mut self) -> Kind {
        if let Some(own) = self.own_kind() {
            return own;
        }
        let all = match self.dice.roll(6) {
            0 => integers(),
            1 => texts(),
            2 => moments(),
            _ => others(),
        };
        self.dice.pick(&all)
    }

    /// A new column.
    pub(super) fn column(&mut self, name: &str) -> ColumnDef {
        if self.perhaps(Feature::StoredAs, 8) || self.perhaps(Feature::VirtualAs, 8) {
            return self.generated(name);
        }
        let (kind, defaults) = self.kind();
        let mut def = ColumnDef::new(name, kind);
        if self.dice.one_in(2) {
            def.nullable();
        }
        if self.dice.one_in(2) && !defaults.is_empty() {
            def.default = Some(self.dice.pick(&defaults));
        }
        self.modify(&mut def);
        def.mode = self.mode(Feature::ColumnOnline, Feature::ColumnAlgorithm, Feature::ColumnLock);
        def
    }

    fn generated(&mut self, name: &str) -> ColumnDef {
        let (kind, expression) = self.dice.pick(&[
            (ColumnType::Integer, "n + 1"),
            (ColumnType::Integer, "n * 2"),
            (ColumnType::String { length: 40 }, "upper(s)"),
        ]);
        let stored = match (self.has(Feature::StoredAs), self.has(Feature::VirtualAs)) {
            (true, true) => self.dice.one_in(2),
            (stored, _) => stored,
        };
        let mut def = ColumnDef::new(name, kind);
        def.nullable();
        def.generated = Some(Generated { expression: expression.to_owned(), stored });
        def
    }

    /// What any column may have.
    fn modify(&mut self, def: &mut ColumnDef) {
        let is_text = texts().iter().any(|(kind, _)| *kind == def.kind);
        if self.perhaps(Feature::ColumnComment, 4) {
            def.comment("it's \\ said");
        }
        if def.kind.is_integer() && self.perhaps(Feature::Unsigned, 4) {
            def.unsigned();
        }
        if self.perhaps(Feature::Invisible, 8) {
            def.invisible();
        }
        if is_text && self.perhaps(Feature::ColumnCollation, 4) {
            let collation = self.a_collation();
            def.collation(collation);
        } else if is_text && self.perhaps(Feature::ColumnCharset, 6) {
            def.charset("latin1");
        }
        let is_moment = matches!(def.kind, ColumnType::DateTime { .. } | ColumnType::Timestamp { .. });
        if is_moment && self.perhaps(Feature::UseCurrentOnUpdate, 3) {
            def.use_current_on_update();
        }
        let may_count =
            matches!(def.kind, ColumnType::SmallInteger | ColumnType::Integer | ColumnType::BigInteger);
        if may_count && def.default.is_none() && !def.unsigned && self.perhaps(Feature::Identity, 4) {
            def.nullable = None;
            def.identity = Some(Identity {
                always: self.dice.one_in(2),
                start: self.dice.pick(&[None, Some(100)]),
                increment: self.dice.pick(&[None, Some(5)]),
                ..Identity::default()
            });
        }
        let expression = match &def.kind {
            ColumnType::Integer => Some("1 + 1"),
            ColumnType::String { length: 40 } => Some("upper('x')"),
            _ => None,
        };
        if let Some(expression) = expression.filter(|_| def.identity.is_none() && self.dice.one_in(4)) {
            def.default_expression(expression);
        }
    }

    pub(super) fn position(&mut self, table: &Table) -> Option<Position> {
        if self.perhaps(Feature::First, 6) {
            return Some(Position::First);
        }
        self.perhaps(Feature::After, 4).then(|| Position::After(self.column_of(table)))
    }

    /// A column that is there, mostly not its key.
    pub(super) fn column_of(&mut self, table: &Table) -> String {
        let names: Vec<&String> =
            table.columns.iter().map(|column| &column.name).filter(|name| *name != "id").collect();
        match names.is_empty() || self.dice.one_in(20) {
            true => "id".to_owned(),
            false => self.dice.pick(&names).clone(),
        }
    }

    /// A name that is mostly free.
    pub(super) fn new_column_name(&mut self, table: &Table) -> String {
        let free: Vec<&str> = NAMES.into_iter().filter(|name| table.column(name).is_none()).collect();
        match free.is_empty() || self.dice.one_in(10) {
            true => self.dice.pick(&NAMES).to_owned(),
            false => self.dice.pick(&free).to_owned(),
        }
    }

    /// Another definition of a column that is there, mostly of a type that its values fit.
    pub(super) fn changed_column(&mut self, table: &Table) -> ColumnDef {
        let name = self.column_of(table);
        let computed = table.column(&name).and_then(|column| column.generated.as_ref());
        if let Some(stored) = computed.map(|now| now.stored)
            && self.perhaps(Feature::ChangeGenerated, 2)
        {
            let mut def = self.generated(&name);
            def.change = true;
            def.nullable = None;
            def.generated.iter_mut().for_each(|new| new.stored = stored);
            return def;
        }
        let now = table.column(&name).map(|column| column.type_name.to_lowercase()).unwrap_or_default();
        let is = |words: &[&str]| words.iter().any(|word| now.contains(word));
        let family = match () {
            // The types decide how a server shows the expressions that these stand in.
            () if name == "n" => vec![(ColumnType::Integer, numbers())],
            () if name == "s" => texts().into_iter().take(2).collect(),
            () if self.dice.one_in(8) => others(),
            () if is(&["timestamp", "datetime"]) => moments(),
            () if is(&["int"]) && !is(&["point", "interval"]) => integers(),
            () if is(&["char", "text"]) => texts(),
            () => others(),
        };
        let (kind, defaults) = self.dice.pick(&family);
        let mut def = ColumnDef::new(&name, kind);
        def.change = true;
        def.nullable = self.dice.pick(&[None, None, Some(true), Some(false)]);
        match self.dice.roll(4) {
            0 if !defaults.is_empty() => def.default = Some(self.dice.pick(&defaults)),
            1 => def.default = Some(DefaultValue::Null),
            _ => {}
        }
        if self.dice.one_in(3) {
            self.modify(&mut def);
            def.identity = None;
        }
        if self.perhaps(Feature::Using, 8) {
            let source = if def.kind.is_integer() { "n" } else { "s" };
            def.using = table.column(source).map(|_| source.to_owned());
        }
        def.mode = self.mode(Feature::ColumnOnline, Feature::ColumnAlgorithm, Feature::ColumnLock);
        def
    }
}
