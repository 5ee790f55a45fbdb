"""What tests of the door share."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from backend.ingest.records import (
    ArtistRecord,
    ListenerRecord,
    Record,
    SongRecord,
)
from backend.ingest.service import Counts, store

Door = Callable[..., Counts]


@pytest.fixture
def door(session: Session, zone: ZoneInfo) -> Door:
    """Stores records as one batch."""
    return lambda *records: store(session, records, zone=zone)


@pytest.fixture
def known(door: Door) -> list[Record]:
    """An artist a1, a song s1 by a1, a listener l1, all stored."""
    records: list[Record] = [
        ArtistRecord(source="test", source_id="a1", name="隗听澜"),
        SongRecord(source="test", source_id="s1", title="雾港", artists=("a1",)),
        ListenerRecord(source="test", source_id="l1"),
    ]
    door(*records)
    return records
