"""What Alembic says of a revision graph: one JSON document a line in, one a line out.

A case is `{"revisions": [{"id", "parents", "needs", "labels"}], "files": bool, "questions": [[kind, ...]]}`; the answer is
`{"error": text}` when Alembic refuses the graph, else `{"answers": [...]}`, one for each question. With `files` the graph is a folder
of scripts, and what goes up or down really runs on SQLite; else everything is Alembic's RevisionMap in memory.

`rows` of a question are those of Alembic's version table: the applied revisions that nothing applied stands on, neither as a
child nor as a dependent. `after` of an answer is everything that Alembic takes for applied then.
"""

import json
import os
import sys
import tempfile
import types
import warnings

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import HeadMaintainer, MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap

SCRIPT = """from alembic import op

revision = {id!r}
down_revision = {parents!r}
branch_labels = {labels!r}
depends_on = {needs!r}


def upgrade():
    op.execute("INSERT INTO ran (direction, revision) VALUES ('up', {id!r})")


def downgrade():
    op.execute("INSERT INTO ran (direction, revision) VALUES ('down', {id!r})")
"""

ENV = """from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
"""


class InMemory(Revision):
    """A revision whose script does nothing."""

    module = types.SimpleNamespace(upgrade=None, downgrade=None)
    doc = None


class Rows(HeadMaintainer):
    """The rows of a version table that is nowhere."""

    def __init__(self, rows):
        super().__init__(None, rows)

    def _insert_version(self, version):
        assert version not in self.heads, f"{version} is there already"
        self.heads.add(version)

    def _delete_version(self, version):
        self.heads.remove(version)

    def _update_version(self, from_, to_):
        assert to_ not in self.heads, f"{to_} is there already"
        self.heads.remove(from_)
        self.heads.add(to_)


def in_memory(revisions):
    return RevisionMap(
        lambda: [
            InMemory(
                one["id"],
                tuple(one["parents"]) or None,
                dependencies=tuple(one["needs"]) or None,
                branch_labels=tuple(one["labels"]) or None,
            )
            for one in revisions
        ]
    )


def in_files(revisions, folder):
    os.mkdir(os.path.join(folder, "versions"))
    for one in revisions:
        text = SCRIPT.format(
            id=one["id"],
            parents=tuple(one["parents"]) or None,
            needs=tuple(one["needs"]) or None,
            labels=tuple(one["labels"]) or None,
        )
        with open(os.path.join(folder, "versions", one["id"] + "_.py"), "w") as file:
            file.write(text)
    return ScriptDirectory(folder)


class Graph:
    def __init__(self, case, folder):
        self.script = in_files(case["revisions"], folder) if case.get("files") else None
        self.map = self.script.revision_map if self.script else in_memory(case["revisions"])
        self.ids = [one["id"] for one in case["revisions"]]
        self.map.heads  # the map is made, and checked, when it is asked

    def implied(self, rows):
        below = self.map._get_ancestor_nodes(self.map.get_revisions(tuple(rows)))
        return sorted({one.revision for one in below})

    def shape(self):
        all_ = [self.map.get_revision(one) for one in self.ids]
        return {
            "heads": sorted(self.map.heads),
            "bases": sorted(self.map.bases),
            "branch_points": sorted(one.revision for one in all_ if one.is_branch_point),
            "merge_points": sorted(one.revision for one in all_ if one.is_merge_point),
        }

    def ancestors(self, revision):
        return self.implied([revision])

    def find(self, text):
        return sorted(one.revision for one in self.map.get_revisions(text) if one is not None)

    def upgrade(self, rows, target):
        return self.go(True, tuple(rows), target)

    def downgrade(self, rows, target):
        return self.go(False, tuple(rows), target)

    def go(self, up, rows, target):
        if self.script:
            return self.run(up, rows, target)
        if up:
            found = reversed(list(self.map.iterate_revisions(target, rows, implicit_base=True)))
        else:
            found = list(self.map.iterate_revisions(rows, target, select_for_downgrade=True))
        steps, after = [], Rows(rows)
        for one in found:
            after.update_to_step(RevisionStep(self.map, one, up))
            steps.append(one.revision)
        return {"steps": steps, "after": self.implied(after.heads)}

    def run(self, up, rows, target):
        """The same, with scripts that run."""
        engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
        with engine.connect() as connection:
            connection.execute(sa.text("CREATE TABLE ran (n integer PRIMARY KEY, direction text, revision text)"))
            connection.execute(sa.text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
            for row in rows:
                connection.execute(sa.text("INSERT INTO alembic_version VALUES (:row)"), {"row": row})
            connection.commit()
            plan = self.script._upgrade_revs if up else self.script._downgrade_revs
            context = MigrationContext.configure(connection, opts={"fn": lambda heads, _: plan(target, heads)})
            with Operations.context(context), context.begin_transaction():
                context.run_migrations()
            ran = connection.execute(sa.text("SELECT direction, revision FROM ran ORDER BY n")).all()
            after = context.get_current_heads()
        assert all(direction == ("up" if up else "down") for direction, _ in ran)
        return {"steps": [revision for _, revision in ran], "after": self.implied(after)}

    def stamp(self, rows, target):
        script = self.script or ScriptDirectory.__new__(ScriptDirectory)
        if not self.script:
            script.revision_map = self.map
        after = Rows(rows)
        for step in script._stamp_revs(target, tuple(rows)):
            after.update_to_step(step)
        return {"steps": [], "after": self.implied(after.heads)}

    def at_head(self, rows):
        """`alembic current --check-heads`, on a database with these rows."""
        config = Config()
        config.set_main_option("script_location", self.script.dir)
        config.print_stdout = lambda *_: None
        engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
        with open(os.path.join(self.script.dir, "env.py"), "w") as file:
            file.write(ENV)
        with engine.connect() as connection:
            connection.execute(sa.text("CREATE TABLE alembic_version (version_num varchar(32) PRIMARY KEY)"))
            for row in rows:
                connection.execute(sa.text("INSERT INTO alembic_version VALUES (:row)"), {"row": row})
            config.attributes["connection"] = connection
            command.current(config, check_heads=True)
        return ["at head"]

    def range(self, start, end):
        found = self.map.iterate_revisions(end, start, inclusive=True, assert_relative_length=False)
        return sorted(one.revision for one in found)


def answer(graph, question):
    kind, *arguments = question
    try:
        return getattr(graph, kind)(*arguments)
    except Exception as error:  # what Alembic does not expect is an answer too
        return {"refused": f"{type(error).__name__}: {error}"}


def main():
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        case = json.loads(line)
        with tempfile.TemporaryDirectory() as folder:
            try:
                graph = Graph(case, folder)
                reply = {"answers": [answer(graph, question) for question in case["questions"]]}
            except Exception as error:
                reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
