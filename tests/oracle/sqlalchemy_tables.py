"""Makes the tables of tables.txt with SQLAlchemy in the database whose URL is the argument."""

import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, postgresql


def big(unsigned):
    """A key: 64 bit, without a sign where there is none, and SQLite's own row id."""
    return (
        sa.BigInteger()
        .with_variant(mysql.BIGINT(unsigned=unsigned), "mysql", "mariadb")
        .with_variant(sa.Integer(), "sqlite")
    )


def integer(kind):
    return kind().with_variant(sa.Integer(), "sqlite")


def moment(timezone):
    return (
        postgresql.TIMESTAMP(precision=0, timezone=timezone)
        .with_variant(mysql.TIMESTAMP() if timezone else mysql.DATETIME(), "mysql", "mariadb")
        .with_variant(sa.TIMESTAMP() if timezone else sa.DATETIME(), "sqlite")
    )


def kind_of(words, table, column):
    """The type at the front of `words`, which loses what was used."""
    word = words.pop(0)
    if word == "string":
        return sa.String(int(words.pop(0)))
    if word == "char":
        return sa.CHAR(int(words.pop(0)))
    if word == "decimal":
        return sa.Numeric(int(words.pop(0)), int(words.pop(0)))
    if word == "enumeration":
        values = words.pop(0).split(",")
        return sa.Enum(*values, native_enum=False, length=255, create_constraint=True, name=f"{table}_{column}_check").with_variant(
            mysql.ENUM(*values), "mysql", "mariadb"
        )
    return {
        "text": sa.Text(),
        "boolean": sa.Boolean(),
        "small_integer": integer(sa.SmallInteger),
        "integer": sa.Integer(),
        "big_integer": integer(sa.BigInteger),
        "double": sa.Double(),
        "date": sa.Date(),
        "time": postgresql.TIME(precision=0).with_variant(mysql.TIME(), "mysql", "mariadb").with_variant(sa.Time(), "sqlite"),
        "date_time": moment(False),
        "timestamp": moment(True),
        "json": sa.JSON(),
        "uuid": sa.Uuid(native_uuid=True).with_variant(sa.CHAR(36), "sqlite"),
        "binary": sa.LargeBinary(),
    }[word]


ACTIONS = {"cascade": "CASCADE", "restrict": "RESTRICT", "set_null": "SET NULL"}


def default_of(text, type_):
    if text in ("true", "false"):
        return sa.true() if text == "true" else sa.false()
    return sa.text(text) if text.replace(".", "").isdigit() else text


def column(table, line):
    name, *words = line.split()
    indexes = []
    if words[0] == "id":
        return sa.Column(name, big(True), primary_key=True, autoincrement=True), indexes
    constraints = []
    if words[0] == "ref":
        _, parent, *words = words
        type_, action = big(True), next(word for word in words if word in ACTIONS)
        words.remove(action)
        constraints.append(
            sa.ForeignKey(f"{parent}.id", name=f"{table}_{name}_foreign", ondelete=ACTIONS[action])
        )
    else:
        type_ = kind_of(words, table, name)
    options = {"nullable": False, "autoincrement": False}
    for word in words:
        if word == "null":
            options["nullable"] = True
        elif word == "primary":
            options["primary_key"] = True
        elif word == "unique":
            indexes.append(sa.UniqueConstraint(name, name=f"{table}_{name}_unique"))
        elif word == "now":
            options["server_default"] = sa.func.current_timestamp(0) if DIALECT == "postgresql" else sa.text("CURRENT_TIMESTAMP")
        elif word.startswith("default="):
            options["server_default"] = default_of(word.removeprefix("default="), type_)
        else:
            raise ValueError(f"{table}.{name}: {word}")
    return sa.Column(name, type_, *constraints, **options), indexes


def of_table(table, line):
    word, *rest = line.split(maxsplit=1)[0:2]
    text = rest[0]
    if word == "check":
        name, expression = text.split(maxsplit=1)
        return sa.CheckConstraint(expression, name=name)
    names = text.split(",")
    label = f"{table}_{'_'.join(names)}"
    return {
        "index": lambda: sa.Index(f"{label}_index", *names),
        "unique": lambda: sa.UniqueConstraint(*names, name=f"{label}_unique"),
        "primary": lambda: sa.PrimaryKeyConstraint(*names, name=f"{label}_primary"),
    }[word]()


def read(text, metadata):
    blocks = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            blocks.append((line.strip(), []))
        else:
            blocks[-1][1].append(line.strip())
    for table, lines in blocks:
        parts = []
        for line in lines:
            if line.startswith("= "):
                parts.append(of_table(table, line[2:]))
            else:
                part, more = column(table, line)
                parts += [part, *more]
        sa.Table(table, metadata, *parts)


URL = sys.argv[1]
engine = sa.create_engine(URL)
DIALECT = engine.dialect.name
metadata = sa.MetaData(naming_convention={"pk": "%(table_name)s_%(column_0_N_name)s_primary"})
read((Path(__file__).parent / "tables.txt").read_text(encoding="utf-8"), metadata)
metadata.create_all(engine)
print(sa.__version__)
