"""Listeners and what they did (comments, ratings, plays) through the door."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, bindparam, select, tuple_, update

from backend.accounts.tables import User
from backend.blocks.service import PLAYS, RATINGS, Kind, touch
from backend.comments.moderation import removed
from backend.comments.scores import unscore
from backend.comments.tables import Comment
from backend.ingest.batch import Batch, Row, chunks
from backend.ingest.records import CommentRecord, ListenerRecord, PlayRecord, RatingRecord
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs.tables import Song

_LISTENER: Row = dict.fromkeys(("username", "username_norm", "role", "created_at"))
_COMMENT: Row = dict.fromkeys(("song_id", "user_id", "text", "created_at", "day", "hour")) | {
    "likes": 0
}
_RATING: Row = dict.fromkeys(("stars", "rated_at"))
_PLAY: Row = dict.fromkeys(("song_id", "played_at", "day", "hour", "sequence", "source")) | {
    "count": 1
}
Deed = TypeVar("Deed", PlayRecord, RatingRecord)
Pair = tuple[int, int | str]
"""What names a rating or a play: its user and its song, or its user and its own id."""


def store_listeners(batch: Batch) -> None:
    """Store those who play and rate, as users nobody can log in as: they have no password.

    The unique name holds a colon, which no name one can register does.
    """
    told: dict[str, Row] = defaultdict(dict)
    for _, record in batch.of(ListenerRecord):
        says = batch.says(record, ("created_at",))
        if says.get("created_at") is None:
            says.pop("created_at", None)
        told[record.source_id] |= says
    stored = batch.stored(User, _LISTENER, "source_id", told)
    for key, says in told.items():
        if key not in stored:
            name = {"username": f"听众 {key}"[:64], "username_norm": f"{batch.source}:{key}"}
            told[key] = {"role": "listener", "created_at": batch.now} | says | name
    batch.write(User, "listener", told=told, stored=stored, blank=_LISTENER)


def store_comments(batch: Batch) -> None:
    """Store comments and count them; the song, and the listener if named, must be known.

    What an administrator took down stays away.
    """
    records = batch.of(CommentRecord)
    taken_down = removed(
        batch.session, source=batch.source, source_ids=[r.source_id for _, r in records]
    )
    records = [(index, record) for index, record in records if record.source_id not in taken_down]
    songs = batch.ids(Song, (r.song for _, r in records))
    users = batch.ids(User, (r.listener for _, r in records if r.listener))
    told: dict[str, Row] = defaultdict(dict)
    for index, record in records:
        missing = None
        if record.song not in songs:
            missing = f"song {record.song}"
        elif record.listener is not None and record.listener not in users:
            missing = f"listener {record.listener}"
        if missing:
            batch.refuse(index, "comment", record.source_id, missing)
            continue
        says = batch.says(record, ("text", "likes")) | {"song_id": songs[record.song]}
        if "listener" in record.model_fields_set:
            says["user_id"] = users.get(record.listener or "")
        if "created_at" in record.model_fields_set:
            says |= {"created_at": record.created_at} | batch.local(record.created_at)
        told[record.source_id] |= says
    stored = batch.stored(Comment, _COMMENT, "source_id", told)
    written = batch.write(Comment, "comment", told=told, stored=stored, blank=_COMMENT)
    reworded = [key for key in written & stored.keys() if told[key]["text"] != stored[key]["text"]]
    unscore(batch.session, source=batch.source, source_ids=reworded)
    counts: dict[int, int] = defaultdict(int)
    for key in written:
        counts[told[key]["song_id"]] += 1
        if key in stored:
            counts[stored[key]["song_id"]] -= 1
    _add(batch, "comment_count", counts, Kind.FACTS, Kind.COMMENTS)


def store_ratings(batch: Batch) -> None:
    """Store stars and keep the songs' sums; an older rating never replaces a newer one."""
    told: dict[Pair, Row] = {}
    for record, user, song in _who_and_what(batch, "rating", batch.of(RatingRecord)):
        row: Row = {"stars": record.stars, "rated_at": record.rated_at}
        row = _newer(row, told.get((user, song)))
        told[user, song] = row | {"user_id": user, "song_id": song}
    stored = _stored_pairs(batch, Rating, ("user_id", "song_id"), _RATING, told)
    for pair, before in stored.items():
        told[pair] = told[pair] | _newer(told[pair], before)
    written = batch.write(
        Rating, "rating", key=("user_id", "song_id"), told=told, stored=stored, blank=_RATING
    )
    sums: dict[int, int] = defaultdict(int)
    counts: dict[int, int] = defaultdict(int)
    for pair in written:
        row, before = told[pair], stored.get(pair, {"stars": 0})
        sums[row["song_id"]] += row["stars"] - before["stars"]
        # A row cleared to 0 counts for nothing until it is rated again.
        counts[row["song_id"]] += before["stars"] == 0
    _add(batch, "rating_sum", sums, *RATINGS)
    _add(batch, "rating_count", counts)


def store_plays(batch: Batch) -> None:
    """Store plays and add them to the songs; the count of a play never falls."""
    told: dict[Pair, Row] = {}
    for record, user, song in _who_and_what(batch, "play", batch.of(PlayRecord)):
        pair: Pair = (user, record.source_id)
        row: Row = {"user_id": user, "client_id": record.source_id, "source": batch.source}
        row |= {"song_id": song, "played_at": record.played_at} | batch.local(record.played_at)
        row |= {"sequence": record.sequence, "count": record.count}
        if pair in told:
            row["count"] = max(record.count, told[pair]["count"])
        told[pair] = row
    stored = _stored_pairs(batch, Play, ("user_id", "client_id"), _PLAY, told)
    for pair, before in stored.items():
        told[pair]["count"] = max(told[pair]["count"], before["count"])
    written = batch.write(
        Play, "play", key=("user_id", "client_id"), told=told, stored=stored, blank=_PLAY
    )
    counts: dict[int, int] = defaultdict(int)
    for pair in written:
        counts[told[pair]["song_id"]] += told[pair]["count"]
        if pair in stored:
            counts[stored[pair]["song_id"]] -= stored[pair]["count"]
    _add(batch, "play_count", counts, *PLAYS)


def _who_and_what(
    batch: Batch, kind: str, records: Sequence[tuple[int, Deed]]
) -> Iterator[tuple[Deed, int, int]]:
    """Yield each record with the ids of its listener and song, refusing those without."""
    users = batch.ids(User, (r.listener for _, r in records))
    songs = batch.ids(Song, (r.song for _, r in records))
    for index, record in records:
        if record.listener not in users:
            batch.refuse(index, kind, record.source_id, f"listener {record.listener}")
        elif record.song not in songs:
            batch.refuse(index, kind, record.source_id, f"song {record.song}")
        else:
            yield record, users[record.listener], songs[record.song]


def _stored_pairs(
    batch: Batch,
    entity: Any,
    key: tuple[str, str],
    columns: Collection[str],
    pairs: Collection[Pair],
) -> dict[Pair, Row]:
    """Return the rows of the given pairs.

    The condition on the first column makes every server seek in the unique index; on its own
    a row-value IN scans the table on SQLite and MariaDB.
    """
    first, second = (getattr(entity, name) for name in key)
    query = select(*(getattr(entity, name) for name in dict.fromkeys((*key, *columns))))
    return {
        (row[key[0]], row[key[1]]): dict(row)
        for chunk in chunks(pairs)
        for row in batch.session.execute(
            query.where(first.in_({pair[0] for pair in chunk}), tuple_(first, second).in_(chunk))
        ).mappings()
    }


def _newer(row: Row, before: Row | None) -> Row:
    """Return the stars and date of the later of two ratings; undated ones come as told."""
    if before and row["rated_at"] and before["rated_at"] and row["rated_at"] < before["rated_at"]:
        row = before
    return {name: row[name] for name in _RATING}


def _add(batch: Batch, counter: str, amounts: Mapping[int, int], *kinds: Kind) -> None:
    """Add to a counter of songs, atomically, so that live counting is not lost.

    The songs are those of which something was written, were it counted already.
    """
    touch(batch.session, amounts, *kinds)
    table = Song.__table__
    assert isinstance(table, Table)
    rows = [{"song": song, "amount": amount} for song, amount in amounts.items() if amount]
    if rows:
        column = table.c[counter]
        statement = update(table).where(table.c.id == bindparam("song"))
        batch.session.connection().execute(
            statement.values({counter: column + bindparam("amount")}), rows
        )
