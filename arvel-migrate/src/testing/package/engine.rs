//! The published stubs on one database: there, back, and there again, one by one; then all of them.

use std::collections::BTreeSet;

use super::{
    bundle::Package,
    error::{PackageError, PackageProblem, PackageStep},
    published::with_follow_ups,
};
use crate::{
    Error, Migrator, RollbackRequest, StampRequest, UpgradeRequest,
    dsl::Schema,
    graph::Target,
    migration::{Body, Catalog, Migration, Origin, RevisionId},
    operation::Operation,
    schema::{DatabaseSchema, Wanted},
    testing::{
        Engine, TestDatabase,
        difference::{Order, difference},
    },
};

/// One run on one engine; answers with the tables that the package's own stubs make, or with nothing when the engine can
/// not be reached.
pub(super) async fn run(
    package: &Package,
    published: &Catalog,
    engine: Engine,
) -> Result<Option<BTreeSet<String>>, PackageError> {
    let failed = |step, error: Error| PackageError {
        engine: Some(engine.family),
        ..PackageError::new(&package.name, step, PackageProblem::Failed(error))
    };
    let making = |error| failed(PackageStep::Database, error);
    let Some(database) = TestDatabase::create(engine).await.map_err(making)? else { return Ok(None) };
    let migrator = database.migrator(published.clone()).map_err(making)?;
    let run = Run { package, engine, wanted: wanted(published), migrator };
    let tables = run.whole().await?;
    if let Some((catalog, count)) = with_follow_ups(package, published)? {
        let migrator = database.migrator(catalog).map_err(|error| failed(PackageStep::FollowUp, error))?;
        Run { migrator, ..run }.follow_ups(count).await?;
    }
    database.drop_now().await.map_err(making)?;
    Ok(Some(tables))
}

struct Run<'a> {
    package: &'a Package,
    engine: Engine,
    /// What the stubs make besides tables: it is looked at by name.
    wanted: Wanted,
    migrator: Migrator,
}

impl Run<'_> {
    async fn whole(&self) -> Result<BTreeSet<String>, PackageError> {
        let empty = self.schema(None, PackageStep::Database).await?;
        let mut tables = BTreeSet::new();
        for revision in self.migrator.graph().order().to_vec() {
            tables.extend(self.one(&revision).await?);
        }
        let applied = self.schema(None, PackageStep::Apply).await?;
        let rolled_back = self.migrator.rollback(&RollbackRequest::All).await;
        rolled_back.map_err(|error| self.failed(None, PackageStep::RollBack, error))?;
        let left = self.schema(None, PackageStep::RollBack).await?;
        if let Some(difference) = difference(&empty, &left, Order::Counts) {
            return Err(self.error(None, PackageStep::RollBack, PackageProblem::LeftOver { difference }));
        }
        let all = self.migrator.migrate(&UpgradeRequest::default()).await;
        all.map_err(|error| self.failed(None, PackageStep::ApplyAll, error))?;
        let again = self.schema(None, PackageStep::ApplyAll).await?;
        if let Some(difference) = difference(&applied, &again, Order::Counts) {
            return Err(self.error(
                None,
                PackageStep::ApplyAll,
                PackageProblem::NotRepeatable { difference },
            ));
        }
        Ok(tables)
    }

    /// Everything is applied in the shape of now. The follow-ups, taken back from it and made again, must make that shape: so
    /// what they add is what the new texts add. A column that came later stands last.
    async fn follow_ups(&self, count: usize) -> Result<(), PackageError> {
        let step = PackageStep::FollowUp;
        let failed = |error: Error| self.failed(None, step, error);
        let wanted = self.schema(None, step).await?;
        let heads = Target::parse("heads").map_err(|error| failed(error.into()))?;
        let request = StampRequest { targets: vec![heads], purge: false };
        self.migrator.stamp(&request).await.map_err(failed)?;
        self.migrator.rollback(&RollbackRequest::Steps(count)).await.map_err(failed)?;
        self.migrator.migrate(&UpgradeRequest::default()).await.map_err(failed)?;
        let found = self.schema(None, step).await?;
        match difference(&wanted, &found, Order::Ignored) {
            Some(difference) => Err(self.error(None, step, PackageProblem::NotFollowed { difference })),
            None => Ok(()),
        }
    }

    /// One stub there, and one of the package's own back and there again; answers with the tables that it makes.
    async fn one(&self, revision: &RevisionId) -> Result<BTreeSet<String>, PackageError> {
        let migration = self.migrator.graph().get(revision);
        let origin = migration.and_then(|migration| migration.origin.as_ref());
        let before = self.schema(origin, PackageStep::Apply).await?;
        self.apply(revision, origin, PackageStep::Apply).await?;
        if !origin.is_some_and(|origin| self.package.owns(origin)) {
            return Ok(BTreeSet::new());
        }
        let applied = self.schema(origin, PackageStep::Apply).await?;
        let undone = self.migrator.rollback(&RollbackRequest::Steps(1)).await;
        undone.map_err(|error| self.failed(origin, PackageStep::Undo, error))?;
        let back = self.schema(origin, PackageStep::Undo).await?;
        if let Some(difference) = difference(&before, &back, Order::Counts) {
            return Err(self.error(origin, PackageStep::Undo, PackageProblem::NotReversible { difference }));
        }
        self.apply(revision, origin, PackageStep::ApplyAgain).await?;
        let again = self.schema(origin, PackageStep::ApplyAgain).await?;
        if let Some(difference) = difference(&applied, &again, Order::Counts) {
            let problem = PackageProblem::NotRepeatable { difference };
            return Err(self.error(origin, PackageStep::ApplyAgain, problem));
        }
        let made = applied.tables.keys().filter(|name| !before.tables.contains_key(*name));
        Ok(made.map(|name| name.name.clone()).collect())
    }

    async fn apply(
        &self,
        revision: &RevisionId,
        origin: Option<&Origin>,
        step: PackageStep,
    ) -> Result<(), PackageError> {
        let failed = |error: Error| self.failed(origin, step, error);
        let target = Target::parse(revision.as_str()).map_err(|error| failed(error.into()))?;
        let request = UpgradeRequest { target: Some(target), ..UpgradeRequest::default() };
        self.migrator.migrate(&request).await.map_err(failed)?;
        Ok(())
    }

    /// What is there besides the bookkeeping: every table, and by name what else the stubs make.
    async fn schema(
        &self,
        origin: Option<&Origin>,
        step: PackageStep,
    ) -> Result<DatabaseSchema, PackageError> {
        let failed = |error: Error| self.failed(origin, step, error);
        let mut schema = self.migrator.inspect(None).await.map_err(failed)?.schema;
        if !self.wanted.is_empty() {
            let more = self.migrator.inspect(Some(&self.wanted)).await.map_err(failed)?.schema;
            schema.objects.extend(more.objects);
        }
        Ok(schema)
    }

    fn failed(&self, origin: Option<&Origin>, step: PackageStep, error: Error) -> PackageError {
        // What fails while everything runs has a name of its own.
        let of_failure = match &error {
            Error::Run(crate::exec::RunError::Failed(failure)) => {
                self.migrator.graph().get(&failure.revision).and_then(|of| of.origin.clone())
            }
            _ => None,
        };
        let origin = of_failure.as_ref().or(origin);
        self.error(origin, step, PackageProblem::Failed(error))
    }

    fn error(&self, origin: Option<&Origin>, step: PackageStep, problem: PackageProblem) -> PackageError {
        let error = PackageError::new(&self.package.name, step, problem);
        PackageError { stub: origin.cloned(), engine: Some(self.engine.family), ..error }
    }
}

/// What the stubs make besides tables.
fn wanted(published: &Catalog) -> Wanted {
    let operations = |migration: &Migration| match migration.up {
        Body::Rust(up) => Schema::record_with(up, &migration.reads, &migration.given).operations,
        Body::Sql(_) => Vec::new(),
    };
    let objects = published.migrations().iter().flat_map(|migration| operations(migration));
    let objects = objects.filter_map(|operation| match operation {
        Operation::Create(object) => Some(object.id()),
        _ => None,
    });
    objects.map(Wanted::object).collect()
}
