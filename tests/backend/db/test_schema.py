import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from backend.db import schema
from backend.db.session import create_engine
from backend.tables import Base


def test_migrations_and_entities_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": schema.is_described}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_down_to_nothing_and_up_again(database_url: str, request: object) -> None:
    url = sa.make_url(database_url)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(f"{database_url}.down")
    else:
        admin = create_engine(database_url)
        with admin.connect() as connection:
            connection.execute(sa.text("CREATE DATABASE down"))
        admin.dispose()
        engine = create_engine(url.set(database="down").render_as_string(hide_password=False))
    schema.upgrade(engine)
    assert schema.current(engine) == schema.head()
    schema.downgrade(engine)
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    schema.upgrade(engine)
    assert "ratings" in sa.inspect(engine).get_table_names()
    engine.dispose()
