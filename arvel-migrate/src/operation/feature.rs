//! Everything that can be asked of a database, one by one: what each dialect states its support for, and what the
//! reference of the docs has a row for.

macro_rules! features {
    ($($heading:literal: $($name:ident = $word:literal,)*;)*) => {
        /// One thing that a migration can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Feature {
            $($(#[doc = concat!("`", $word, "`")] $name,)*)*
        }

        impl Feature {
            /// Every feature in the order of the reference, with the heading under which it stands.
            pub const ALL: &[(&str, &[Feature])] = &[$(($heading, &[$(Feature::$name,)*]),)*];

            /// How it is written in a migration, or said to people.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $($(Feature::$name => $word,)*)*
                }
            }
        }
    };
}

features! {
    "Column types":
        TinyInteger = "tiny_integer",
        SmallInteger = "small_integer",
        MediumInteger = "medium_integer",
        Integer = "integer",
        BigInteger = "big_integer",
        Decimal = "decimal",
        Float = "float",
        Double = "double",
        Boolean = "boolean",
        Char = "char",
        String = "string",
        TinyText = "tiny_text",
        Text = "text",
        MediumText = "medium_text",
        LongText = "long_text",
        Binary = "binary",
        BinaryOf = "binary_of",
        MediumBinary = "medium_binary",
        LongBinary = "long_binary",
        Date = "date",
        Time = "time",
        TimeTz = "time_tz",
        DateTime = "date_time",
        Timestamp = "timestamp",
        Year = "year",
        Uuid = "uuid",
        Ulid = "ulid",
        Json = "json",
        Jsonb = "jsonb",
        Enumeration = "enumeration",
        EnumTypeColumn = "enumeration(…).of_type",
        Set = "set",
        IpAddress = "ip_address",
        MacAddress = "mac_address",
        Geometry = "geometry",
        Geography = "geography",
        Vector = "vector",
        Array = "array",
        Bit = "bit",
        BitVarying = "bit_varying",
        Money = "money",
        Interval = "interval",
        Cidr = "cidr",
        MacAddress8 = "mac_address_8",
        Citext = "citext",
        Hstore = "hstore",
        Ltree = "ltree",
        Xml = "xml",
        Oid = "oid",
        TsVector = "ts_vector",
        TsQuery = "ts_query",
        Range = "range",
        Multirange = "multirange",
        Point = "point",
        Line = "line",
        LineSegment = "line_segment",
        Box = "rectangle",
        Path = "path",
        Polygon = "polygon",
        Circle = "circle",
        RawType = "raw_column",
    ;
    "Column modifiers":
        Unsigned = "unsigned",
        AutoIncrement = "auto_increment",
        StartingValue = "starting_value",
        Identity = "identity",
        First = "first",
        After = "after",
        Invisible = "invisible",
        VirtualAs = "virtual_as",
        StoredAs = "stored_as",
        UseCurrentOnUpdate = "use_current_on_update",
        ColumnCharset = "charset",
        ColumnCollation = "collation",
        ColumnComment = "comment",
        Using = "using",
        ChangeGenerated = "change a generated column",
        ColumnOnline = "online",
        ColumnAlgorithm = "algorithm",
        ColumnLock = "lock",
    ;
    "Indexes":
        Index = "index",
        Unique = "unique",
        FullText = "full_text",
        Spatial = "spatial_index",
        VectorIndex = "vector_index",
        PartialIndex = "where_",
        PartialUnique = "unique(…).where_",
        ExpressionIndex = "index_expression",
        ExpressionUnique = "unique over an expression",
        IndexDescending = "desc",
        IndexNulls = "nulls_first",
        IndexPrefix = "prefix",
        OperatorClass = "operator_class",
        IndexCollation = "index collation",
        IndexMethod = "method",
        Include = "include",
        NullsNotDistinct = "nulls_not_distinct",
        DeferrableUnique = "unique(…).deferrable",
        IndexLanguage = "language",
        IndexComment = "index comment",
        IndexInvisible = "index invisible",
        IndexParameters = "parameter",
        IndexOnline = "index online",
        IndexAlgorithm = "index algorithm",
        IndexLock = "index lock",
        RenameIndex = "rename_index",
    ;
    "Keys and constraints":
        PrimaryKey = "primary",
        ForeignKey = "foreign",
        ForeignKeySetDefault = "on_delete(SetDefault)",
        ForeignKeyDeferrable = "foreign(…).deferrable",
        ForeignKeyMatchFull = "match_full",
        ForeignKeyOnline = "foreign(…).online",
        ForeignKeyNotValid = "foreign(…).not_valid",
        Check = "check",
        CheckOnline = "check(…).online",
        CheckNotValid = "check(…).not_valid",
        ConstraintAlgorithm = "constraint algorithm",
        ConstraintLock = "constraint lock",
        Exclusion = "exclude",
        ValidateConstraint = "validate_constraint",
    ;
    "Tables":
        TableComment = "table comment",
        Engine = "engine",
        TableCharset = "table charset",
        TableCollation = "table collation",
        Temporary = "temporary",
        Unlogged = "unlogged",
        Strict = "strict",
        WithoutRowid = "without_rowid",
        TableParameters = "table parameter",
        AlterOptions = "change table options",
        PartitionRange = "partition_by_range",
        PartitionList = "partition_by_list",
        PartitionHash = "partition_by_hash",
        PartitionKey = "partition_by_key",
        AttachPartition = "attach_partition",
        DetachPartition = "detach_partition",
        DetachPartitionOnline = "detach_partition(…) online",
    ;
    "Objects":
        View = "create_view",
        ViewReplace = "create_or_replace_view",
        ViewCheckOption = "view check option",
        ViewOptions = "view option",
        MaterializedView = "create_materialized_view",
        RefreshView = "refresh_materialized_view",
        RefreshViewOnline = "refresh_materialized_view online",
        Sequence = "create_sequence",
        EnumType = "create_enum",
        AddEnumValue = "add_enum_value",
        RenameEnumValue = "rename_enum_value",
        Extension = "create_extension",
        Namespace = "create_schema",
        Function = "create_function",
        Procedure = "create_procedure",
        Trigger = "create_trigger",
        Partition = "create_partition",
        RenameView = "rename_view",
        RenameSequence = "rename_sequence",
        RenameEnum = "rename_enum",
        RenameNamespace = "rename_schema",
    ;
}
