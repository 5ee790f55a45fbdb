"""Everything the site keeps of one person, as a zip of JSON."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

import orjson
from sqlalchemy import Select, Table, select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.db.base import table, utc_now
from backend.playlists.tables import Playlist, PlaylistSong
from backend.songs.tables import Song
from backend.tables import Base

BATCH = 1_000
SECRET = frozenset({"password_hash", "code_hash", "username_norm", "user_id"})
"""Columns that tell their owner nothing, or are nobody's to see."""


def owned() -> dict[str, Table]:
    """Return every table whose rows belong to one user, by name; new ones join by themselves."""
    users = table(User)
    return {
        one.name: one
        for one in Base.metadata.sorted_tables
        if any(key.references(users) for key in one.foreign_keys)
    }


def takeout(session: Session, *, user_id: int) -> BytesIO:
    """Write the zip: a file for each table, songs with their titles, times in UTC."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, query in _queries(user_id):
            with archive.open(f"{name}.json", "w") as out:
                _write(session, query, out)
        about = {"exported_at": utc_now(), "user_id": user_id}
        archive.writestr("about.json", orjson.dumps(about, option=orjson.OPT_INDENT_2))
    file.seek(0)
    return file


def _queries(user_id: int) -> Iterator[tuple[str, Select[Any]]]:
    users, song, listed = table(User), table(Song), table(PlaylistSong)
    yield "account", _shown(users).where(users.c.id == user_id)
    for name, one in owned().items():
        query = _shown(one).where(one.c.user_id == user_id)
        if "song_id" in one.c:
            query = query.add_columns(song.c.title.label("song_title")).join_from(
                one, song, song.c.id == one.c.song_id
            )
        yield name, query.order_by(*one.primary_key)
    playlists = table(Playlist)
    mine = _shown(listed).add_columns(song.c.title.label("song_title"))
    yield (
        listed.name,
        mine.join_from(listed, playlists, playlists.c.id == listed.c.playlist_id)
        .join(song, song.c.id == listed.c.song_id)
        .where(playlists.c.user_id == user_id)
        .order_by(*listed.primary_key),
    )


def _shown(one: Table) -> Select[Any]:
    return select(*(column for column in one.c if column.name not in SECRET))


def _write(session: Session, query: Select[Any], out: IO[bytes]) -> None:
    out.write(b"[")
    before = b"\n"
    rows = session.execute(query.execution_options(yield_per=BATCH)).mappings()
    for row in rows:
        out.write(before + orjson.dumps(dict(row)))
        before = b",\n"
    out.write(b"\n]\n")
