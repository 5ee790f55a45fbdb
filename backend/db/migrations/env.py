"""Alembic's entry: runs migrations on the connection `backend.db.schema` hands over."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext

from backend.db.base import BigId, Exact, UtcDateTime
from backend.db.schema import is_described
from backend.tables import Base


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    """Write our own column types by name, so that a migration reads like the tables."""
    if kind == "type":
        if isinstance(item, (Exact, UtcDateTime)):
            autogen.imports.add(f"from backend.db.base import {type(item).__name__}")
            return repr(item)
        if item is BigId:
            autogen.imports.add("from backend.db.base import BigId")
            return "BigId"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
    include_name=is_described,
)
with context.begin_transaction():
    context.run_migrations()
