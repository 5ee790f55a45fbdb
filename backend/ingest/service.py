"""The door: records from anywhere into the tables, each thing once.

A thing is known by (source, source_id). What a record refers to must be stored already or stand in
the same batch: the record is refused otherwise, and the refusal says what is missing. Nothing is
made up to stand in for it. Only a playlist is taken with those of its songs that are known.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from backend.ingest.batch import Batch, Refusal, Tally
from backend.ingest.library import store_albums, store_artists, store_lyrics, store_playlists
from backend.ingest.people import store_comments, store_listeners, store_plays, store_ratings
from backend.ingest.records import Record
from backend.ingest.songs import store_songs
from backend.search import index as search
from backend.songs.tables import Album, Artist, Song

BATCH = 2_000
"""Records stored together: a constant number of statements each."""

# What is referred to comes before what refers to it.
_ORDER = (
    store_artists,
    store_albums,
    store_songs,
    store_lyrics,
    store_playlists,
    store_listeners,
    store_comments,
    store_ratings,
    store_plays,
)


@dataclass(frozen=True)
class Counts:
    """What became of the records given: things by kind, and what was refused."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()

    @property
    def total(self) -> Tally:
        """All kinds together."""
        return sum(self.kinds.values(), Tally())

    def __add__(self, other: "Counts") -> "Counts":
        kinds = dict(self.kinds)
        for kind, tally in other.kinds.items():
            kinds[kind] = kinds.get(kind, Tally()) + tally
        return Counts(kinds, self.refusals + other.refusals)


def store(session: Session, records: Sequence[Record], *, zone: ZoneInfo) -> Counts:
    """Insert what is new, update what differs, leave the rest alone, and say how much of each.

    Things are written in the order they refer to one another, whatever the order given. A thing
    told twice in a batch counts once. `zone` is where the site lives: plays and comments keep
    their local day and hour. Counters of songs are kept here; totals of artists, albums and genres
    are brought up to date by `songs.service.refresh_totals`, once after the last batch. Commits
    nothing.
    """
    counts = Counts()
    for start in range(0, len(records), BATCH):
        by_source: dict[str, list[tuple[int, Record]]] = defaultdict(list)
        for index, record in enumerate(records[start : start + BATCH], start):
            by_source[record.source].append((index, record))
        for source, part in by_source.items():
            batch = Batch(session, source, zone, part)
            for store_kind in _ORDER:
                store_kind(batch)
            _index(batch)
            counts += Counts(batch.tallies, tuple(batch.refusals))
    return counts


def _index(batch: Batch) -> None:
    """Let search know what was written; a singer's or an album's songs carry its name."""
    session, artists, albums = batch.session, batch.renamed[Artist], batch.renamed[Album]
    search.index_artists(session, artists)
    search.index_albums(session, albums)
    named = search.songs_of(session, artists=artists, albums=albums)
    search.index_songs(session, named | batch.renamed[Song])
