//! Columns: modifiers of another type, lengths that there are not, modifiers that contradict each other.

use super::{DslError, Mistakes};
use crate::operation::{ColumnDef, ColumnType, DefaultValue, SpecialType};

impl Mistakes {
    pub(super) fn column(&mut self, column: &ColumnDef) {
        self.of_another_type(column);
        self.contradictions(column);
        self.lengths(column, &column.kind);
        self.default(column);
        let whose = |what: &str| format!("{what} of column `{}`", column.name);
        if let Some(generated) = &column.generated {
            let what = if generated.stored { "`stored_as(…)`" } else { "`virtual_as(…)`" };
            self.expression(&generated.expression, || whose(what));
        }
        if let Some(sql) = &column.using {
            self.expression(sql, || whose("`using(…)`"));
        }
        if let ColumnType::Raw { sql } = &column.kind {
            self.expression(sql, || whose("the type"));
        }
        if column.change {
            return;
        }
        let changes = [(column.using.is_some(), "using(…)"), (column.invisible == Some(false), "visible()")];
        for (_, modifier) in changes.into_iter().filter(|(said, _)| *said) {
            let (table, column) = (self.table.clone(), column.name.clone());
            self.found.push(DslError::OnlyInChange { table, column, modifier });
        }
    }

    fn of_another_type(&mut self, column: &ColumnDef) {
        let kind = &column.kind;
        let raw = matches!(kind, ColumnType::Raw { .. });
        let now = column.default == Some(DefaultValue::CurrentTimestamp);
        let wrong = [
            (column.unsigned && !kind.is_number(), "unsigned()", "numbers"),
            (column.auto_increment && !kind.is_integer(), "auto_increment()", "whole numbers"),
            (column.identity.is_some() && !(raw || kind.is_integer()), "identity()", "whole numbers"),
            (column.charset.is_some() && !(raw || kind.is_text()), "charset(…)", "texts"),
            (column.collation.is_some() && !(raw || kind.is_text()), "collation(…)", "texts"),
            (now && !(raw || kind.is_moment()), "use_current()", "dates and times"),
            (
                column.use_current_on_update.is_some() && !(raw || kind.is_instant()),
                "use_current_on_update()",
                "dates with a time",
            ),
        ];
        for (_, modifier, needs) in wrong.into_iter().filter(|(wrong, ..)| *wrong) {
            let (table, column) = (self.table.clone(), column.name.clone());
            self.found.push(DslError::NotOfType { table, column, modifier, needs });
        }
        let counts = column.auto_increment || column.identity.is_some() || column.change;
        if column.starting_value.is_some() && !counts {
            let (table, column) = (self.table.clone(), column.name.clone());
            let (modifier, needs) = ("starting_value(…)", "columns that count up");
            self.found.push(DslError::NotOfType { table, column, modifier, needs });
        }
    }

    fn contradictions(&mut self, column: &ColumnDef) {
        let generated = match &column.generated {
            Some(generated) if generated.stored => "stored_as(…)",
            _ => "virtual_as(…)",
        };
        let default = !matches!(column.default, None | Some(DefaultValue::Null));
        let (is_generated, counts) = (column.generated.is_some(), column.identity.is_some());
        let null = column.nullable == Some(true);
        let pairs = [
            (is_generated && default, generated, "default(…)"),
            (is_generated && column.auto_increment, generated, "auto_increment()"),
            (is_generated && counts, generated, "identity()"),
            (
                is_generated && column.use_current_on_update == Some(true),
                generated,
                "use_current_on_update()",
            ),
            (counts && column.auto_increment, "identity()", "auto_increment()"),
            (counts && default, "identity()", "default(…)"),
            (counts && null, "identity()", "nullable()"),
            (counts && column.starting_value.is_some(), "identity().start(…)", "starting_value(…)"),
            (column.auto_increment && default, "auto_increment()", "default(…)"),
            (column.auto_increment && null, "auto_increment()", "nullable()"),
        ];
        for (_, one, other) in pairs.into_iter().filter(|(both, ..)| *both) {
            let (table, column) = (self.table.clone(), column.name.clone());
            self.found.push(DslError::Conflict { table, column, one, other });
        }
    }

    fn lengths(&mut self, column: &ColumnDef, kind: &ColumnType) {
        let what = match kind {
            ColumnType::Time { precision }
            | ColumnType::TimeTz { precision }
            | ColumnType::DateTime { precision }
            | ColumnType::Timestamp { precision }
                if *precision > 6 =>
            {
                format!("{precision} digits behind the second; there are 0 to 6")
            }
            ColumnType::Decimal { precision: 0, .. } => "no digits at all".to_owned(),
            ColumnType::Decimal { precision, scale } if scale > precision => {
                format!("{scale} of {precision} digits behind the point")
            }
            ColumnType::Char { length: 0 }
            | ColumnType::String { length: 0 }
            | ColumnType::BinaryOf { length: 0, .. }
            | ColumnType::Special(
                SpecialType::Bit { length: 0 } | SpecialType::BitVarying { length: Some(0) },
            ) => "a length of 0".to_owned(),
            ColumnType::Vector { dimensions: Some(0) } => "0 dimensions".to_owned(),
            ColumnType::Geometry { subtype: Some(name), .. }
            | ColumnType::Geography { subtype: Some(name), .. }
                if !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) || name.is_empty() =>
            {
                format!("the shape {name:?}")
            }
            ColumnType::Array(of) => match &**of {
                ColumnType::Array(_) => {
                    "lists in a list: one `array()` holds any number of dimensions".to_owned()
                }
                of => return self.lengths(column, of),
            },
            ColumnType::Enumeration { values, .. } => return self.values(column, values, false),
            ColumnType::Set { values } => return self.values(column, values, true),
            _ => return,
        };
        let (table, column) = (self.table.clone(), column.name.clone());
        self.found.push(DslError::BadLength { table, column, what });
    }

    fn values(&mut self, column: &ColumnDef, values: &[String], set: bool) {
        if values.is_empty() {
            let (table, column) = (self.table.clone(), column.name.clone());
            self.found.push(DslError::EmptyEnumeration { table, column });
        }
        for (at, value) in values.iter().enumerate() {
            let reason = match value {
                value if values[..at].contains(value) => "it is there twice",
                value if value.contains('\0') => "it contains a NUL character",
                value if set && value.contains(',') => "a comma separates the values of a set",
                _ => continue,
            };
            self.found.push(DslError::BadValue {
                table: self.table.clone(),
                column: column.name.clone(),
                value: value.clone(),
                reason,
            });
        }
    }
}

impl ColumnType {
    /// Whether it has a character set and a collation.
    fn is_text(&self) -> bool {
        match self {
            ColumnType::Array(of) => of.is_text(),
            ColumnType::Special(special) => *special == SpecialType::Citext,
            other => matches!(
                other,
                ColumnType::Char { .. }
                    | ColumnType::String { .. }
                    | ColumnType::TinyText
                    | ColumnType::Text
                    | ColumnType::MediumText
                    | ColumnType::LongText
                    | ColumnType::Enumeration { .. }
                    | ColumnType::Set { .. }
                    | ColumnType::Ulid
            ),
        }
    }

    /// Whether it has a day and a time.
    fn is_instant(&self) -> bool {
        matches!(self, ColumnType::DateTime { .. } | ColumnType::Timestamp { .. })
    }

    /// Whether it can hold the present moment, or a part of it.
    fn is_moment(&self) -> bool {
        let part = matches!(self, ColumnType::Date | ColumnType::Time { .. } | ColumnType::TimeTz { .. });
        part || self.is_instant()
    }
}
