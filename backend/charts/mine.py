"""One listener's own listening: the same kinds of numbers as the library's, for nobody else."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Finding, Numbers, Row, leading
from backend.charts.filters import song
from backend.charts.listeners import week
from backend.comments.tables import Comment
from backend.db.base import table
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs.tables import Artist, Genre, SongArtist, SongGenre

RANKED = 30
HEART = 5

_artist, _song_artist = table(Artist), table(SongArtist)
_genre, _song_genre = table(Genre), table(SongGenre)
_play, _rating, _comment = table(Play), table(Rating), table(Comment)
_played = func.sum(_play.c["count"])


@dataclass(frozen=True)
class Listener:
    """Who asks, and the site's time zone, in which months are told."""

    user_id: int
    zone: ZoneInfo

    @property
    def plays(self) -> ColumnElement[bool]:
        """What a row of `plays` has to fulfil."""
        return _play.c.user_id == self.user_id

    @property
    def ratings(self) -> ColumnElement[bool]:
        """The same of `ratings`; cleared ones count for nothing."""
        return (_rating.c.user_id == self.user_id) & (_rating.c.stars > 0)


def summary(session: Session, me: Listener) -> Numbers:
    """How much was played, rated, hearted and written, in how many songs by how many artists."""
    plays, songs, seconds = session.execute(
        select(
            func.coalesce(_played, 0),
            func.count(_play.c.song_id.distinct()),
            func.coalesce(func.sum(_play.c.seconds), 0),
        ).where(me.plays)
    ).one()
    artists = session.scalar(
        select(func.count(_song_artist.c.artist_id.distinct()))
        .join_from(_play, _song_artist, _song_artist.c.song_id == _play.c.song_id)
        .where(me.plays)
    )
    stars = {
        number: count
        for number, count in session.execute(
            select(_rating.c.stars, func.count()).where(me.ratings).group_by(_rating.c.stars)
        )
    }
    comments = session.scalar(select(func.count()).where(_comment.c.user_id == me.user_id))
    counted = {
        "plays": int(plays),
        "songs": songs,
        "artists": artists or 0,
        "minutes": round(int(seconds) / 60),
        "ratings": sum(stars.values()),
        "hearts": stars.get(HEART, 0),
        "comments": comments or 0,
    }
    return Numbers([{"label": label, "count": count} for label, count in counted.items()])


def plays_by_month(session: Session, me: Listener) -> Numbers:
    """Plays by month, those between the first and the last without any as 0; unknown days last."""
    month = func.substr(_play.c.day, 1, 7)
    found: dict[str | None, int] = {
        when: int(count)
        for when, count in session.execute(select(month, _played).where(me.plays).group_by(month))
    }
    rows: list[Row] = [
        {"label": when, "count": found.get(when, 0)} for when in _span(found.keys() - {None})
    ]
    if None in found:
        rows.append({"label": None, "count": found[None]})
    return Numbers(rows, finding=leading("my_peak_month", rows))


def ratings_by_month(session: Session, me: Listener) -> Numbers:
    """Ratings that stand, by the month they were given in, and their mean in stars."""
    given: dict[str | None, list[int]] = defaultdict(list)
    query = select(_rating.c.rated_at, _rating.c.stars).where(me.ratings)
    for at, stars in session.execute(query):
        given[None if at is None else at.astimezone(me.zone).strftime("%Y-%m")].append(stars)
    if not given:
        return Numbers([])
    months: list[str | None] = [*_span(given.keys() - {None})]
    rows: list[Row] = [
        {
            "label": when,
            "count": len(given[when]),
            "mean": round(sum(given[when]) / len(given[when]), 2) if given[when] else None,
        }
        for when in months + ([None] if None in given else [])
    ]
    every = [stars for found in given.values() for stars in found]
    said = {
        "mean": round(sum(every) / len(every), 2),
        "share": every.count(HEART) / len(every),
        "count": len(every),
    }
    return Numbers(rows, finding=Finding("my_mean_rating", said))


def top_songs(session: Session, me: Listener) -> Numbers:
    """The songs played most; equal ones by id."""
    found = session.execute(
        select(song.c.id, song.c.title, _played)
        .join_from(_play, song, song.c.id == _play.c.song_id)
        .where(me.plays)
        .group_by(song.c.id, song.c.title)
        .order_by(_played.desc(), song.c.id)
        .limit(RANKED)
    )
    rows: list[Row] = [
        {"label": title, "count": int(count), "id": song_id} for song_id, title, count in found
    ]
    return Numbers(rows, finding=leading("my_top_song", rows))


def top_artists(session: Session, me: Listener) -> Numbers:
    """The artists played most; a play counts for every artist of its song."""
    found = session.execute(
        select(_artist.c.id, _artist.c.name, _played)
        .join_from(_play, _song_artist, _song_artist.c.song_id == _play.c.song_id)
        .join(_artist, _artist.c.id == _song_artist.c.artist_id)
        .where(me.plays)
        .group_by(_artist.c.id, _artist.c.name)
        .order_by(_played.desc(), _artist.c.id)
        .limit(RANKED)
    )
    rows: list[Row] = [
        {"label": name, "count": int(count), "id": artist_id} for artist_id, name, count in found
    ]
    return Numbers(rows, finding=leading("my_top_artist", rows))


def genres(session: Session, me: Listener) -> Numbers:
    """Plays by genre; a song of two genres counts in both, one without as unknown."""
    found = session.execute(
        select(_genre.c.name, _played)
        .select_from(_play)
        .outerjoin(_song_genre, _song_genre.c.song_id == _play.c.song_id)
        .outerjoin(_genre, _genre.c.id == _song_genre.c.genre_id)
        .where(me.plays)
        .group_by(_genre.c.name)
    )
    rows = _most_first({name: int(count) for name, count in found})
    return Numbers(rows, finding=leading("my_top_genre", rows))


def hours(session: Session, me: Listener) -> Numbers:
    """Plays by weekday and hour of the site's clock."""
    found = session.execute(
        select(_play.c.day, _play.c.hour, _played)
        .where(me.plays)
        .group_by(_play.c.day, _play.c.hour)
    )
    return week((day, hour, int(count)) for day, hour, count in found)


def moods(session: Session, me: Listener) -> Numbers:
    """Plays by the mood their source gives the song."""
    found = session.execute(
        select(song.c.mood, _played)
        .join_from(_play, song, song.c.id == _play.c.song_id)
        .where(me.plays)
        .group_by(song.c.mood)
    )
    rows = _most_first({mood: int(count) for mood, count in found})
    return Numbers(rows, finding=leading("my_top_mood", rows))


def _most_first(counts: Mapping[str | None, int]) -> list[Row]:
    rows: list[Row] = [{"label": label, "count": count} for label, count in counts.items()]
    return sorted(rows, key=lambda r: (r["label"] is None, -r["count"], str(r["label"])))


def _span(months: set[str | None]) -> list[str]:
    """Return every month from the first to the last."""
    known = sorted(month for month in months if month is not None)
    if not known:
        return []
    first, last = (date.fromisoformat(f"{month}-01") for month in (known[0], known[-1]))
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]
