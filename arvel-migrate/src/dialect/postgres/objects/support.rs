//! What this database can do about objects, with the reason and the alternative for what it can not.

use crate::{dialect::Support, operation::Feature};

/// The answer for a feature of objects; `None` for another.
pub(in crate::dialect::postgres) fn support(feature: Feature) -> Option<Support> {
    Some(match feature {
        Feature::Partition
        | Feature::View
        | Feature::ViewReplace
        | Feature::ViewCheckOption
        | Feature::ViewOptions
        | Feature::RenameView
        | Feature::MaterializedView
        | Feature::RefreshView
        | Feature::RefreshViewOnline
        | Feature::Sequence
        | Feature::RenameSequence
        | Feature::EnumType
        | Feature::AddEnumValue
        | Feature::RenameEnumValue
        | Feature::RenameEnum
        | Feature::Extension
        | Feature::Namespace
        | Feature::RenameNamespace
        | Feature::Function
        | Feature::Procedure
        | Feature::Trigger => Support::Yes,
        _ => return None,
    })
}
