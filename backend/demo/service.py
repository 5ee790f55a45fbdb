"""Load and remove the demo library. Everything simulated is marked `source = demo`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Table, case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from backend.accounts.tables import PickedArtist, PickedGenre, User
from backend.blocks import service as blocks
from backend.comments.tables import Comment
from backend.demo import corpus
from backend.demo.catalogue import SOURCE, build
from backend.demo.listeners import Size, simulate
from backend.demo.people import LOCAL
from backend.demo.tune import tune_seconds
from backend.errors import Conflict
from backend.ingest.records import Record
from backend.ingest.service import BATCH, Counts, store
from backend.listening.tables import Play
from backend.playlists.tables import Playlist, PlaylistSong
from backend.ratings.tables import HiddenSong, Rating
from backend.songs.service import has_source, refresh_totals
from backend.songs.tables import Album, Artist, Genre, Song
from models.progress import Progress, silent

Deed = type[Rating] | type[Play] | type[Comment] | type[HiddenSong]
SEED = 7
SONGS = 2_400


class DemoLoaded(Conflict):
    """A second demo library cannot be laid over the first."""

    def __init__(self) -> None:
        super().__init__("The demo library is there already; `huisheng demo purge` removes it.")


@dataclass(frozen=True)
class Losses:
    """What goes with the demo library: its own size, and what real people hold of it."""

    songs: int
    listeners: int
    users: int
    """Real users who lose at least one rating, play or comment."""
    ratings: int
    plays: int
    comments: int
    hidden: int
    listed: int
    """Places in real users' playlists."""
    picked: int
    """Singers picked at sign-up."""

    @property
    def is_felt(self) -> bool:
        """Whether a real user loses anything."""
        return any((self.ratings, self.plays, self.comments, self.hidden, self.listed, self.picked))


def load(
    session: Session,
    *,
    folder: Path | None,
    until: datetime,
    zone: ZoneInfo,
    songs: int = SONGS,
    seed: int = SEED,
    size: Size | None = None,
    progress: Progress = silent,
) -> Counts:
    """Make the demo library and store it through the door, in the caller's transaction.

    `folder` holds the 宋词 (`corpus.fetch`); None takes the lyrics written for this project. The
    newest songs come out on `until`, and the simulated listening ends there. The same arguments
    give the same library.

    Raises:
        DemoLoaded: there is one already.
    """
    if has_source(session, SOURCE):
        raise DemoLoaded
    progress("lyrics", 0, None)
    poems = corpus.own() if folder is None else corpus.read(folder)
    progress("songs", 0, None)
    day = until.astimezone(LOCAL).date()
    catalogue = build(poems, songs=songs, seed=seed, until=day)
    progress("listeners", 0, None)
    people = simulate(catalogue, size or Size(), seed=seed, until=until)
    total = len(catalogue.singers) + len(catalogue.albums) + 2 * songs + len(people)
    counts, done = Counts(), 0
    for batch in _batches(chain(catalogue.records(), people.records())):
        counts += store(session, batch, zone=zone)
        done += len(batch)
        progress("storing", done, total)
    give_audio(session)
    refresh_totals(session)
    return counts


def give_audio(session: Session) -> None:
    """Say of every demo song how long its tune is, in one statement."""
    tempos = session.scalars(
        select(Song.tempo).where(Song.source == SOURCE, Song.tempo.is_not(None)).distinct()
    )
    lengths = {tempo: tune_seconds(tempo) for tempo in tempos if tempo is not None}
    if lengths:
        told = update(Song).where(Song.source == SOURCE)
        session.execute(told.values(audio_seconds=case(lengths, value=Song.tempo)))


def preview_purge(session: Session) -> Losses:
    """Return what `purge` would take away."""
    rated, played, wrote = (_of_real_users(entity) for entity in (Rating, Play, Comment))
    touched = rated.union(played, wrote).subquery()
    listed = (
        select(PlaylistSong.song_id)
        .join(Playlist, Playlist.id == PlaylistSong.playlist_id)
        .join(Song, Song.id == PlaylistSong.song_id)
        .where(Song.source == SOURCE, Playlist.source != SOURCE)
    )
    picked = (
        select(PickedArtist.user_id)
        .join(Artist, Artist.id == PickedArtist.artist_id)
        .where(Artist.source == SOURCE)
    )
    return Losses(
        songs=_count(session, select(Song.id).where(Song.source == SOURCE)),
        listeners=_count(session, select(User.id).where(User.source == SOURCE)),
        users=_count(session, select(touched.c.user_id)),
        ratings=_count(session, rated),
        plays=_count(session, played),
        comments=_count(session, wrote),
        hidden=_count(session, _of_real_users(HiddenSong)),
        listed=_count(session, listed),
        picked=_count(session, picked),
    )


def purge(session: Session) -> Losses:
    """Remove the demo library with all that hangs on it; return what went.

    Other sources are left as they are. Genres that nobody uses any more go too.
    """
    losses = preview_purge(session)
    for entity in (Comment, Playlist, Song, Album, Artist, User):
        table = entity.__table__
        assert isinstance(table, Table)
        session.execute(delete(table).where(table.c.source == SOURCE))
    blocks.drop_all(session)
    refresh_totals(session)
    unused = Genre.id.not_in(select(PickedGenre.genre_id))
    session.execute(delete(Genre).where(Genre.song_count == 0, unused))
    session.expire_all()
    return losses


def _of_real_users(entity: Deed) -> Select[int | None]:
    """Return who did this to demo songs, once for each time, without the simulated listeners."""
    return (
        select(entity.user_id)
        .join(User, User.id == entity.user_id)
        .join(Song, Song.id == entity.song_id)
        .where(Song.source == SOURCE, or_(User.source.is_(None), User.source != SOURCE))
    )


def _count(session: Session, rows: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _batches(records: Iterator[Record]) -> Iterator[list[Record]]:
    while batch := list(islice(records, BATCH)):
        yield batch
