//! Which features an operation uses. The gate before every compilation asks this, so that nothing which a dialect does
//! not state its support for can be dropped in silence.

use super::{
    AlterMode, ColumnDef, ColumnType, EnumChange, Feature, ForeignKeyAction, ForeignKeyDef, IndexDef,
    IndexKey, IndexKind, Object, ObjectKind, Operation, PartitionStrategy, Position, SpecialType,
    TableChange, TableDef, TableOptions,
};

/// The features of one operation in the order in which it mentions them. Neither side of a condition is looked at:
/// only the side that runs must be possible.
#[must_use]
pub fn features(operation: &Operation) -> Vec<Feature> {
    let mut out = Vec::new();
    match operation {
        Operation::CreateTable(table) => create(&mut out, table),
        Operation::AlterTable { changes, .. } => {
            changes.iter().for_each(|change| self::change(&mut out, change))
        }
        Operation::Create(object) => {
            out.push(kind(object.id().kind));
            if let Object::View(view) = object {
                out.extend(view.replace.then_some(Feature::ViewReplace));
                out.extend(view.check_option.as_ref().map(|_| Feature::ViewCheckOption));
                out.extend((!view.options.is_empty()).then_some(Feature::ViewOptions));
                view.indexes.iter().for_each(|index| self::index(&mut out, index));
            }
        }
        Operation::Drop { object, .. } => out.push(kind(object.kind)),
        Operation::Rename { object, .. } => out.push(match object.kind {
            ObjectKind::View => Feature::RenameView,
            ObjectKind::Sequence => Feature::RenameSequence,
            ObjectKind::Enum => Feature::RenameEnum,
            ObjectKind::Namespace => Feature::RenameNamespace,
            other => kind(other),
        }),
        Operation::AlterEnum { change: EnumChange::AddValue { .. }, .. } => out.push(Feature::AddEnumValue),
        Operation::AlterEnum { change: EnumChange::RenameValue { .. }, .. } => {
            out.push(Feature::RenameEnumValue)
        }
        Operation::RefreshView { online, .. } => {
            out.push(Feature::RefreshView);
            out.extend(online.then_some(Feature::RefreshViewOnline));
        }
        Operation::RenameTable { .. }
        | Operation::DropTable { .. }
        | Operation::When { .. }
        | Operation::Sql(_)
        | Operation::Batched(_)
        | Operation::Data(_) => {}
    }
    out
}

/// Whether it asks for a way that blocks nobody and may leave the transaction.
pub(crate) fn is_online(operation: &Operation) -> bool {
    features(operation).iter().any(|feature| {
        matches!(
            feature,
            Feature::ColumnOnline
                | Feature::IndexOnline
                | Feature::ForeignKeyOnline
                | Feature::CheckOnline
                | Feature::DetachPartitionOnline
        )
    })
}

fn kind(kind: ObjectKind) -> Feature {
    match kind {
        ObjectKind::View => Feature::View,
        ObjectKind::MaterializedView => Feature::MaterializedView,
        ObjectKind::Sequence => Feature::Sequence,
        ObjectKind::Enum => Feature::EnumType,
        ObjectKind::Extension => Feature::Extension,
        ObjectKind::Namespace => Feature::Namespace,
        ObjectKind::Function => Feature::Function,
        ObjectKind::Procedure => Feature::Procedure,
        ObjectKind::Trigger => Feature::Trigger,
        ObjectKind::Partition => Feature::Partition,
    }
}

fn create(out: &mut Vec<Feature>, table: &TableDef) {
    table.columns.iter().for_each(|column| self::column(out, column));
    out.extend(table.primary_key.iter().map(|_| Feature::PrimaryKey));
    table.indexes.iter().for_each(|index| self::index(out, index));
    table.foreign_keys.iter().for_each(|key| foreign(out, key));
    for check in &table.checks {
        out.push(Feature::Check);
        constraint_mode(out, check.mode, Feature::CheckOnline, Feature::CheckNotValid);
    }
    out.extend(table.exclusions.iter().map(|_| Feature::Exclusion));
    out.extend(table.comment.as_ref().map(|_| Feature::TableComment));
    options(out, &table.options);
    out.extend(table.partition_by.as_ref().map(|by| match by.strategy {
        PartitionStrategy::Range => Feature::PartitionRange,
        PartitionStrategy::List => Feature::PartitionList,
        PartitionStrategy::Hash => Feature::PartitionHash,
        PartitionStrategy::Key => Feature::PartitionKey,
    }));
}

fn change(out: &mut Vec<Feature>, change: &TableChange) {
    match change {
        TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => self::column(out, column),
        TableChange::AddPrimaryKey(_) | TableChange::DropPrimaryKey { .. } => out.push(Feature::PrimaryKey),
        TableChange::AddIndex(index) => self::index(out, index),
        TableChange::DropIndex { kind, mode, .. } => {
            out.push(index_kind(*kind));
            index_mode(out, *mode);
        }
        TableChange::RenameIndex { .. } => out.push(Feature::RenameIndex),
        TableChange::AddForeignKey(key) => foreign(out, key),
        TableChange::DropForeignKey { .. } => out.push(Feature::ForeignKey),
        TableChange::AddCheck(check) => {
            out.push(Feature::Check);
            constraint_mode(out, check.mode, Feature::CheckOnline, Feature::CheckNotValid);
        }
        TableChange::DropCheck { .. } => out.push(Feature::Check),
        TableChange::Comment(_) => out.push(Feature::TableComment),
        TableChange::AddExclusion(_) | TableChange::DropExclusion { .. } => out.push(Feature::Exclusion),
        TableChange::Options(options) => {
            out.push(Feature::AlterOptions);
            self::options(out, options);
        }
        TableChange::ValidateConstraint { .. } => out.push(Feature::ValidateConstraint),
        TableChange::AttachPartition { .. } => out.push(Feature::AttachPartition),
        TableChange::DetachPartition { mode, .. } => {
            out.push(Feature::DetachPartition);
            out.extend(mode.online.then_some(Feature::DetachPartitionOnline));
        }
        TableChange::DropColumn { .. } | TableChange::RenameColumn { .. } => {}
    }
}

fn options(out: &mut Vec<Feature>, options: &TableOptions) {
    out.extend(options.engine.as_ref().map(|_| Feature::Engine));
    out.extend(options.charset.as_ref().map(|_| Feature::TableCharset));
    out.extend(options.collation.as_ref().map(|_| Feature::TableCollation));
    out.extend(options.temporary.then_some(Feature::Temporary));
    out.extend(options.unlogged.map(|_| Feature::Unlogged));
    out.extend(options.strict.map(|_| Feature::Strict));
    out.extend(options.without_rowid.map(|_| Feature::WithoutRowid));
    out.extend((!options.parameters.is_empty()).then_some(Feature::TableParameters));
}

fn column(out: &mut Vec<Feature>, column: &ColumnDef) {
    type_features(out, &column.kind);
    out.extend(column.unsigned.then_some(Feature::Unsigned));
    out.extend(column.auto_increment.then_some(Feature::AutoIncrement));
    out.extend(column.starting_value.map(|_| Feature::StartingValue));
    out.extend(column.identity.as_ref().map(|_| Feature::Identity));
    out.extend(column.position.as_ref().map(|position| match position {
        Position::First => Feature::First,
        Position::After(_) => Feature::After,
    }));
    out.extend(column.invisible.map(|_| Feature::Invisible));
    out.extend(column.generated.as_ref().map(|generated| match generated.stored {
        true => Feature::StoredAs,
        false => Feature::VirtualAs,
    }));
    if column.change && column.generated.is_some() {
        out.push(Feature::ChangeGenerated);
    }
    out.extend(column.use_current_on_update.map(|_| Feature::UseCurrentOnUpdate));
    out.extend(column.charset.as_ref().map(|_| Feature::ColumnCharset));
    out.extend(column.collation.as_ref().map(|_| Feature::ColumnCollation));
    out.extend(column.comment.as_ref().map(|_| Feature::ColumnComment));
    out.extend(column.using.as_ref().map(|_| Feature::Using));
    out.extend(column.mode.online.then_some(Feature::ColumnOnline));
    out.extend(column.mode.algorithm.map(|_| Feature::ColumnAlgorithm));
    out.extend(column.mode.lock.map(|_| Feature::ColumnLock));
}

fn index_kind(kind: IndexKind) -> Feature {
    match kind {
        IndexKind::Index => Feature::Index,
        IndexKind::Unique => Feature::Unique,
        IndexKind::FullText => Feature::FullText,
        IndexKind::Spatial => Feature::Spatial,
        IndexKind::Vector => Feature::VectorIndex,
    }
}

fn index(out: &mut Vec<Feature>, index: &IndexDef) {
    let unique = index.kind == IndexKind::Unique;
    out.push(index_kind(index.kind));
    for part in &index.columns {
        if matches!(part.key, IndexKey::Expression(_)) {
            out.push(if unique { Feature::ExpressionUnique } else { Feature::ExpressionIndex });
        }
        out.extend(part.descending.then_some(Feature::IndexDescending));
        out.extend(part.nulls.map(|_| Feature::IndexNulls));
        out.extend(part.length.map(|_| Feature::IndexPrefix));
        out.extend(part.operator_class.as_ref().map(|_| Feature::OperatorClass));
        out.extend(part.collation.as_ref().map(|_| Feature::IndexCollation));
    }
    if index.predicate.is_some() {
        out.push(if unique { Feature::PartialUnique } else { Feature::PartialIndex });
    }
    out.extend(index.method.as_ref().map(|_| Feature::IndexMethod));
    out.extend((!index.include.is_empty()).then_some(Feature::Include));
    out.extend(index.nulls_not_distinct.then_some(Feature::NullsNotDistinct));
    out.extend(index.deferrable.map(|_| Feature::DeferrableUnique));
    out.extend(index.language.as_ref().map(|_| Feature::IndexLanguage));
    out.extend(index.comment.as_ref().map(|_| Feature::IndexComment));
    out.extend(index.invisible.then_some(Feature::IndexInvisible));
    out.extend((!index.parameters.is_empty()).then_some(Feature::IndexParameters));
    index_mode(out, index.mode);
}

fn index_mode(out: &mut Vec<Feature>, mode: AlterMode) {
    out.extend(mode.online.then_some(Feature::IndexOnline));
    out.extend(mode.algorithm.map(|_| Feature::IndexAlgorithm));
    out.extend(mode.lock.map(|_| Feature::IndexLock));
}

fn constraint_mode(out: &mut Vec<Feature>, mode: AlterMode, online: Feature, not_valid: Feature) {
    out.extend(mode.online.then_some(online));
    out.extend(mode.not_valid.then_some(not_valid));
    out.extend(mode.algorithm.map(|_| Feature::ConstraintAlgorithm));
    out.extend(mode.lock.map(|_| Feature::ConstraintLock));
}

fn foreign(out: &mut Vec<Feature>, key: &ForeignKeyDef) {
    out.push(Feature::ForeignKey);
    if [key.on_delete, key.on_update].contains(&Some(ForeignKeyAction::SetDefault)) {
        out.push(Feature::ForeignKeySetDefault);
    }
    out.extend(key.deferrable.map(|_| Feature::ForeignKeyDeferrable));
    out.extend(key.match_full.then_some(Feature::ForeignKeyMatchFull));
    constraint_mode(out, key.mode, Feature::ForeignKeyOnline, Feature::ForeignKeyNotValid);
}

fn type_features(out: &mut Vec<Feature>, kind: &ColumnType) {
    if let ColumnType::Array(of) = kind {
        type_features(out, of);
    }
    out.push(match kind {
        ColumnType::TinyInteger => Feature::TinyInteger,
        ColumnType::SmallInteger => Feature::SmallInteger,
        ColumnType::MediumInteger => Feature::MediumInteger,
        ColumnType::Integer => Feature::Integer,
        ColumnType::BigInteger => Feature::BigInteger,
        ColumnType::Decimal { .. } => Feature::Decimal,
        ColumnType::Float => Feature::Float,
        ColumnType::Double => Feature::Double,
        ColumnType::Boolean => Feature::Boolean,
        ColumnType::Char { .. } => Feature::Char,
        ColumnType::String { .. } => Feature::String,
        ColumnType::TinyText => Feature::TinyText,
        ColumnType::Text => Feature::Text,
        ColumnType::MediumText => Feature::MediumText,
        ColumnType::LongText => Feature::LongText,
        ColumnType::Binary => Feature::Binary,
        ColumnType::BinaryOf { .. } => Feature::BinaryOf,
        ColumnType::MediumBinary => Feature::MediumBinary,
        ColumnType::LongBinary => Feature::LongBinary,
        ColumnType::Date => Feature::Date,
        ColumnType::Time { .. } => Feature::Time,
        ColumnType::TimeTz { .. } => Feature::TimeTz,
        ColumnType::DateTime { .. } => Feature::DateTime,
        ColumnType::Timestamp { .. } => Feature::Timestamp,
        ColumnType::Year => Feature::Year,
        ColumnType::Uuid => Feature::Uuid,
        ColumnType::Ulid => Feature::Ulid,
        ColumnType::Json => Feature::Json,
        ColumnType::Jsonb => Feature::Jsonb,
        ColumnType::Enumeration { type_name: None, .. } => Feature::Enumeration,
        ColumnType::Enumeration { type_name: Some(_), .. } => Feature::EnumTypeColumn,
        ColumnType::Set { .. } => Feature::Set,
        ColumnType::IpAddress => Feature::IpAddress,
        ColumnType::MacAddress => Feature::MacAddress,
        ColumnType::Geometry { .. } => Feature::Geometry,
        ColumnType::Geography { .. } => Feature::Geography,
        ColumnType::Vector { .. } => Feature::Vector,
        ColumnType::Array(_) => Feature::Array,
        ColumnType::Special(special) => special_type(special),
        ColumnType::Raw { .. } => Feature::RawType,
    });
}

fn special_type(special: &SpecialType) -> Feature {
    match special {
        SpecialType::Bit { .. } => Feature::Bit,
        SpecialType::BitVarying { .. } => Feature::BitVarying,
        SpecialType::Money => Feature::Money,
        SpecialType::Interval => Feature::Interval,
        SpecialType::Cidr => Feature::Cidr,
        SpecialType::MacAddress8 => Feature::MacAddress8,
        SpecialType::Citext => Feature::Citext,
        SpecialType::Hstore => Feature::Hstore,
        SpecialType::Ltree => Feature::Ltree,
        SpecialType::Xml => Feature::Xml,
        SpecialType::Oid => Feature::Oid,
        SpecialType::TsVector => Feature::TsVector,
        SpecialType::TsQuery => Feature::TsQuery,
        SpecialType::Range(_) => Feature::Range,
        SpecialType::Multirange(_) => Feature::Multirange,
        SpecialType::Point => Feature::Point,
        SpecialType::Line => Feature::Line,
        SpecialType::LineSegment => Feature::LineSegment,
        SpecialType::Box => Feature::Box,
        SpecialType::Path => Feature::Path,
        SpecialType::Polygon => Feature::Polygon,
        SpecialType::Circle => Feature::Circle,
    }
}
