//! What plugins offer to commands, found by its type.
//!
//! A plugin that is told something by the program (a hook, a value for templates) can be reached by the command group of
//! another plugin this way, and neither needs to know the other. It refuses names: a type is offered once.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    fmt,
    sync::Arc,
};

/// Values of plugins by their types. Cheap to clone.
///
/// ```
/// use std::sync::Arc;
///
/// use arvel_core::Provided;
///
/// struct Greeting(&'static str);
///
/// let mut provided = Provided::default();
/// provided.put(Arc::new(Greeting("hello")));
/// assert_eq!(provided.get::<Greeting>().map(|greeting| greeting.0), Some("hello"));
/// ```
#[derive(Clone, Default)]
pub struct Provided {
    values: Arc<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Provided {
    /// Offers a value. Of two of one type the later one counts.
    pub fn put<T: Any + Send + Sync>(&mut self, value: Arc<T>) {
        Arc::make_mut(&mut self.values).insert(TypeId::of::<T>(), value);
    }

    /// The value of a type, when a plugin offers one.
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(self.values.get(&TypeId::of::<T>())?).downcast().ok()
    }
}

impl fmt::Debug for Provided {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provided").field("count", &self.values.len()).finish()
    }
}
