"""The measured program: SQLAlchemy's reflection of a PostgreSQL schema."""

import sys
import time

import sqlalchemy as sa

engine = sa.create_engine(sys.argv[1].replace("postgres://", "postgresql+psycopg2://").replace("?sslmode=disable", ""))
with engine.connect() as connection:
    for _ in range(int(sys.argv[2])):
        started = time.perf_counter()
        metadata = sa.MetaData()
        metadata.reflect(connection)
        print("inspect", (time.perf_counter() - started) * 1000)
        tables = metadata.tables.values()
        print("tables", len(tables))
        print("columns", sum(len(table.columns) for table in tables))
        print("indexes", sum(len(table.indexes) for table in tables))
