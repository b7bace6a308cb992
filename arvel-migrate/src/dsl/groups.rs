//! Columns that come together, and their way out.

use super::Blueprint;
use crate::operation::{ColumnDef, ColumnType, IndexDef};

impl Blueprint {
    /// `created_at` and `updated_at`: instants that are the moment of the INSERT unless said otherwise.
    pub fn timestamps(&mut self) {
        self.timestamps_of(0);
    }

    /// As [`timestamps`](Self::timestamps), with up to six digits behind the second.
    pub fn timestamps_of(&mut self, precision: u8) {
        self.timestamp_of("created_at", precision).use_current();
        self.timestamp_of("updated_at", precision).use_current();
    }

    /// `created_at` and `updated_at`: instants that are NULL unless they are given.
    pub fn nullable_timestamps(&mut self) {
        self.nullable_timestamps_of(0);
    }

    /// As [`nullable_timestamps`](Self::nullable_timestamps), with up to six digits behind the second.
    pub fn nullable_timestamps_of(&mut self, precision: u8) {
        self.timestamp_of("created_at", precision).nullable();
        self.timestamp_of("updated_at", precision).nullable();
    }

    /// `created_at` and `updated_at` without a zone: the moment of the INSERT unless said otherwise.
    pub fn datetimes(&mut self) {
        self.datetimes_of(0);
    }

    /// As [`datetimes`](Self::datetimes), with up to six digits behind the second.
    pub fn datetimes_of(&mut self, precision: u8) {
        self.date_time_of("created_at", precision).use_current();
        self.date_time_of("updated_at", precision).use_current();
    }

    /// `deleted_at`: NULL while the row counts as present.
    pub fn soft_deletes(&mut self) -> &mut ColumnDef {
        self.soft_deletes_of(0)
    }

    /// As [`soft_deletes`](Self::soft_deletes), with up to six digits behind the second.
    pub fn soft_deletes_of(&mut self, precision: u8) -> &mut ColumnDef {
        self.timestamp_of("deleted_at", precision).nullable()
    }

    /// `deleted_at` without a zone.
    pub fn soft_deletes_datetime(&mut self) -> &mut ColumnDef {
        self.date_time("deleted_at").nullable()
    }

    /// `remember_token`: a nullable text of 100 characters.
    pub fn remember_token(&mut self) -> &mut ColumnDef {
        self.string_of("remember_token", 100).nullable()
    }

    /// `{name}_type`, `{name}_id` and an index over both: a row of any table whose key counts up.
    pub fn morphs(&mut self, name: &str) -> &mut IndexDef {
        self.any_row(name, ColumnType::BigInteger, false)
    }

    /// As [`morphs`](Self::morphs), both columns nullable.
    pub fn nullable_morphs(&mut self, name: &str) -> &mut IndexDef {
        self.any_row(name, ColumnType::BigInteger, true)
    }

    /// As [`morphs`](Self::morphs), for keys that are UUIDs.
    pub fn uuid_morphs(&mut self, name: &str) -> &mut IndexDef {
        self.any_row(name, ColumnType::Uuid, false)
    }

    /// As [`uuid_morphs`](Self::uuid_morphs), both columns nullable.
    pub fn nullable_uuid_morphs(&mut self, name: &str) -> &mut IndexDef {
        self.any_row(name, ColumnType::Uuid, true)
    }

    /// As [`morphs`](Self::morphs), for keys that are ULIDs.
    pub fn ulid_morphs(&mut self, name: &str) -> &mut IndexDef {
        self.any_row(name, ColumnType::Ulid, false)
    }

    /// As [`ulid_morphs`](Self::ulid_morphs), both columns nullable.
    pub fn nullable_ulid_morphs(&mut self, name: &str) -> &mut IndexDef {
        self.any_row(name, ColumnType::Ulid, true)
    }

    fn any_row(&mut self, name: &str, key: ColumnType, nullable: bool) -> &mut IndexDef {
        let (kind, id) = (format!("{name}_type"), format!("{name}_id"));
        let unsigned = key == ColumnType::BigInteger;
        self.string(&kind).nullable = nullable.then_some(true);
        let column = self.column(&id, key);
        column.nullable = nullable.then_some(true);
        column.unsigned = unsigned;
        self.index([kind.as_str(), id.as_str()])
    }

    /// Removes `created_at` and `updated_at`.
    pub fn drop_timestamps(&mut self) {
        self.drop_columns(["created_at", "updated_at"]);
    }

    /// Removes `deleted_at`.
    pub fn drop_soft_deletes(&mut self) {
        self.drop_column("deleted_at");
    }

    /// Removes `remember_token`.
    pub fn drop_remember_token(&mut self) {
        self.drop_column("remember_token");
    }

    /// Removes `{name}_type`, `{name}_id` and the index over both.
    pub fn drop_morphs(&mut self, name: &str) {
        let (kind, id) = (format!("{name}_type"), format!("{name}_id"));
        self.drop_index([kind.as_str(), id.as_str()]);
        self.drop_columns([kind.as_str(), id.as_str()]);
    }
}
