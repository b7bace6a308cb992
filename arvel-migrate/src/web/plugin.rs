//! [`Migrations`]: the plugin of an application that migrates, or waits until somebody has.

use std::sync::{Arc, OnceLock};

use arvel_core::{BoxFuture, Context, Environment, Plugin, Provided, Readiness, StartError, Value};

use super::{notice::tell_unpublished, readiness::PendingCheck, start::apply};
use crate::{
    Hooks,
    settings::{Databases, KEYS, OnStartup},
};

/// Gives an application the configuration of migrations, the policy of its start, and its readiness.
///
/// `[migrations] on_startup = "apply"` applies what is pending under the lock before requests are served; `"check"`
/// serves and is not ready while something is pending; `"off"` reads nothing. It is about every database of
/// `[databases]`: applied one after the other in the order of the configuration, and ready when all of them are.
///
/// A debug build in development also says which packages have migrations that nobody has published.
///
/// What the program adds to every run goes here too, and reaches the `db` and `make` commands:
/// ```
/// use arvel_migrate::{Hooks, Migrations};
///
/// let hooks = Hooks::new().after_step("tell", async |step, _| {
///     tracing::info!(revision = %step.revision, "applied");
///     Ok(())
/// });
/// let plugin = Migrations::default().hooks(hooks);
/// # drop(plugin);
/// ```
#[derive(Default)]
pub struct Migrations {
    check: OnceLock<Arc<PendingCheck>>,
    hooks: Hooks,
}

impl Migrations {
    /// Adds code around runs and steps, a choice of migrations, and values for templates. Called again, it adds more.
    #[must_use]
    pub fn hooks(mut self, hooks: Hooks) -> Self {
        self.hooks = self.hooks.and(hooks);
        self
    }
}

impl Plugin for Migrations {
    fn name(&self) -> &'static str {
        "migrations"
    }

    fn keys(&self) -> &'static [&'static str] {
        KEYS
    }

    fn defaults(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("databases.default.url", Value::from("sqlite://database/app.db")),
            ("migrations.path", Value::from("database/migrations")),
            ("migrations.table", Value::from("arvel")),
            ("migrations.on_startup", Value::from("check")),
            ("migrations.startup_timeout", Value::from(300)),
            ("migrations.lock_timeout", Value::from(60)),
            ("migrations.statement_lock_timeout", Value::from(10)),
            ("migrations.prohibit_destructive", Value::from(false)),
            ("seeders.path", Value::from("database/seeders")),
        ]
    }

    fn provide(&self, provided: &mut Provided) {
        provided.put(Arc::new(self.hooks.clone()));
    }

    fn start<'a>(&'a self, context: &'a Context) -> BoxFuture<'a, Result<(), StartError>> {
        Box::pin(async move {
            let databases = Databases::from_context(context)?;
            let settings = databases.default_one();
            let developing = context.debug_build() && context.environment() == Environment::Development;
            if developing && settings.on_startup != OnStartup::Off {
                tell_unpublished(settings);
            }
            match settings.on_startup {
                OnStartup::Off => Ok(()),
                OnStartup::Apply => apply(&databases, context.shutdown()).await,
                OnStartup::Check => {
                    let check = PendingCheck::new(&databases)?;
                    let _ = self.check.set(Arc::new(check));
                    Ok(())
                }
            }
        })
    }

    fn readiness(&self, _context: &Context) -> Option<Arc<dyn Readiness>> {
        let check = self.check.get()?;
        Some(Arc::clone(check) as Arc<dyn Readiness>)
    }
}
