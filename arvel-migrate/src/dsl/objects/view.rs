//! Views, also materialized ones.

use crate::{
    dsl::{ColumnNames, IndexColumns, Schema, conventional_name},
    operation::{IndexDef, IndexKind, Object, ObjectId, ObjectKind, Operation, ViewDef},
};

impl Schema {
    /// Creates a view: `schema.create_view("live_posts", "SELECT * FROM posts WHERE live")`.
    pub fn create_view(&mut self, name: &str, query: &str) -> &mut ViewDef {
        self.push_view(ViewDef { name: name.into(), query: query.to_owned(), ..ViewDef::default() })
    }

    /// Creates a view, in the place of one of that name if there is one.
    pub fn create_or_replace_view(&mut self, name: &str, query: &str) -> &mut ViewDef {
        let replace = true;
        self.push_view(ViewDef { name: name.into(), query: query.to_owned(), replace, ..ViewDef::default() })
    }

    /// Removes a view.
    pub fn drop_view(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::View, name), false);
    }

    /// Removes a view if it is there.
    pub fn drop_view_if_exists(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::View, name), true);
    }

    /// Gives a view another name. Views that read it follow on PostgreSQL alone.
    pub fn rename_view(&mut self, from: &str, to: &str) {
        self.push_rename(ObjectId::new(ObjectKind::View, from), to);
    }

    /// Creates a view whose rows are kept until they are refreshed.
    pub fn create_materialized_view(&mut self, name: &str, query: &str) -> &mut ViewDef {
        let materialized = true;
        let query = query.to_owned();
        self.push_view(ViewDef { name: name.into(), query, materialized, ..ViewDef::default() })
    }

    /// Removes a materialized view.
    pub fn drop_materialized_view(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::MaterializedView, name), false);
    }

    /// Removes a materialized view if it is there.
    pub fn drop_materialized_view_if_exists(&mut self, name: &str) {
        self.push_drop_object(ObjectId::new(ObjectKind::MaterializedView, name), true);
    }

    /// Gives a materialized view another name.
    pub fn rename_materialized_view(&mut self, from: &str, to: &str) {
        self.push_rename(ObjectId::new(ObjectKind::MaterializedView, from), to);
    }

    /// Lets a materialized view take the present rows.
    pub fn refresh_materialized_view(&mut self, name: &str) -> Refresh<'_> {
        let refresh = Operation::RefreshView { name: name.into(), online: false, without_data: false };
        match self.push(refresh) {
            Operation::RefreshView { online, without_data, .. } => Refresh { online, without_data },
            _ => unreachable!("pushed on the line above"),
        }
    }

    fn push_view(&mut self, view: ViewDef) -> &mut ViewDef {
        match self.push_object(Object::View(view)) {
            Object::View(view) => view,
            _ => unreachable!("pushed on the line above"),
        }
    }
}

/// How a materialized view is refreshed.
pub struct Refresh<'s> {
    online: &'s mut bool,
    without_data: &'s mut bool,
}

impl Refresh<'_> {
    /// Readers go on with the old rows meanwhile. The view needs a unique index over columns.
    pub fn online(self) {
        *self.online = true;
    }

    /// The view loses its rows instead: nobody can read it until it is refreshed.
    pub fn without_data(self) {
        *self.without_data = true;
    }
}

impl ViewDef {
    /// Names for the view's columns, instead of those of the query.
    pub fn columns(&mut self, names: impl ColumnNames) -> &mut Self {
        self.columns = names.names();
        self
    }

    /// Refuses a row that is written through the view and that the view would not show: `"LOCAL"` asks this view's own
    /// condition, `"CASCADED"` also those of the views that it reads.
    pub fn check_option(&mut self, option: &str) -> &mut Self {
        self.check_option = Some(option.to_uppercase());
        self
    }

    /// An option of the database: `.option("security_barrier", "true")`. The last word on a name counts.
    pub fn option(&mut self, name: &str, value: &str) -> &mut Self {
        crate::dsl::options::set(&mut self.options, name, value);
        self
    }

    /// A materialized view stays empty until it is refreshed.
    pub fn without_data(&mut self) -> &mut Self {
        self.without_data = true;
        self
    }

    /// An index of a materialized view.
    pub fn index(&mut self, columns: impl IndexColumns) -> &mut Self {
        self.add_index(IndexKind::Index, columns)
    }

    /// A unique index of a materialized view; a refresh that is `online()` needs one over columns.
    pub fn unique(&mut self, columns: impl IndexColumns) -> &mut Self {
        self.add_index(IndexKind::Unique, columns)
    }

    fn add_index(&mut self, kind: IndexKind, columns: impl IndexColumns) -> &mut Self {
        let columns = columns.parts();
        let words: Vec<String> = columns.iter().map(|column| column.word()).collect();
        let name = conventional_name(&self.name.name, &words, kind.word());
        self.indexes.push(IndexDef { name, columns, kind, ..IndexDef::default() });
        self
    }
}
