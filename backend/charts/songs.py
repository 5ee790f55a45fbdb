"""Songs and albums: years, genres, languages, lengths, kinds."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, case, cast, func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Numbers, Row, leading
from backend.charts.filters import ChartFilter, song
from backend.db.base import table
from backend.songs.tables import Album, Artist, Genre, SongGenre

ALBUMS = 15
BANDS = (60, 120, 180, 240, 300, 360)
"""Bounds of the duration bands in seconds."""

_album, _artist = table(Album), table(Artist)
_genre, _song_genre = table(Genre), table(SongGenre)


def counted_by(session: Session, by: ChartFilter, column: ColumnElement[Any]) -> list[Row]:
    """Count the songs of each value of a column, most first, unknown last."""
    found = session.execute(
        select(column, func.count()).select_from(song).where(*by.conditions()).group_by(column)
    )
    rows: list[Row] = [{"label": label, "count": count} for label, count in found]
    return sorted(rows, key=lambda r: (r["label"] is None, -r["count"], str(r["label"])))


def songs_by_year(session: Session, by: ChartFilter) -> Numbers:
    """Songs by the year they came out, oldest first; any precision counts."""
    year = cast(func.substr(song.c.release_date, 1, 4), Integer)
    found = session.execute(
        select(year, func.count()).select_from(song).where(*by.conditions()).group_by(year)
    )
    rows: list[Row] = [
        {"label": None if label is None else str(label), "count": count} for label, count in found
    ]
    rows.sort(key=lambda r: (r["label"] is None, r["label"]))
    return Numbers(rows, finding=leading("peak_year", rows))


def top_albums(session: Session, by: ChartFilter) -> Numbers:
    """The albums with the most songs; equal ones by heat, then id."""
    found = session.execute(
        select(_album.c.id, _album.c.title, _artist.c.name, func.count(), _album.c.heat)
        .join_from(song, _album, _album.c.id == song.c.album_id)
        .outerjoin(_artist, _artist.c.id == _album.c.artist_id)
        .where(*by.conditions())
        .group_by(_album.c.id, _album.c.title, _artist.c.name, _album.c.heat)
        .order_by(func.count().desc(), _album.c.heat.desc(), _album.c.id)
        .limit(ALBUMS)
    )
    rows: list[Row] = [
        {"label": title, "artist": artist, "count": count, "id": album_id}
        for album_id, title, artist, count, _ in found
    ]
    return Numbers(rows, finding=leading("largest_album", rows))


def genres(session: Session, by: ChartFilter) -> Numbers:
    """Songs of each genre; a song of two genres counts in both, one without as unknown."""
    found = session.execute(
        select(_genre.c.name, func.count())
        .select_from(song)
        .outerjoin(_song_genre, _song_genre.c.song_id == song.c.id)
        .outerjoin(_genre, _genre.c.id == _song_genre.c.genre_id)
        .where(*by.conditions())
        .group_by(_genre.c.name)
    )
    rows: list[Row] = [{"label": name, "count": count} for name, count in found]
    rows.sort(key=lambda r: (r["label"] is None, -r["count"], str(r["label"])))
    return Numbers(rows, finding=leading("largest_genre", rows))


def language(session: Session, by: ChartFilter) -> Numbers:
    """Songs by the language they are sung in."""
    rows = counted_by(session, by, song.c.language)
    return Numbers(rows, finding=leading("largest_language", rows))


def duration(session: Session, by: ChartFilter) -> Numbers:
    """Songs by length, in bands of minutes; the label is the band's lower bound in seconds."""
    bands = [(song.c.duration_ms < bound * 1000, low) for low, bound in _bands()]
    band = case((song.c.duration_ms.is_(None), None), *bands, else_=BANDS[-1])
    inner = select(band.label("band")).select_from(song).where(*by.conditions()).subquery()
    found = session.execute(select(inner.c.band, func.count()).group_by(inner.c.band))
    counts: dict[int | None, int] = {low: count for low, count in found}
    lows = [low for low, _ in _bands()] + [BANDS[-1]]
    rows: list[Row] = [
        {"label": str(low), "count": counts.get(low, 0), "from_s": low, "to_s": to}
        for low, to in zip(lows, [*BANDS, None], strict=True)
    ]
    if None in counts:
        rows.append({"label": None, "count": counts[None], "from_s": None, "to_s": None})
    return Numbers(rows if counts else [], finding=leading("usual_duration", rows))


def _bands() -> list[tuple[int, int]]:
    return list(zip((0, *BANDS[:-1]), BANDS, strict=True))


def album_types(session: Session, by: ChartFilter) -> Numbers:
    """Albums that hold a song of the filter, by kind."""
    holding = (
        select(song.c.album_id)
        .where(song.c.album_id.is_not(None), *by.conditions())
        .distinct()
        .subquery()
    )
    found = session.execute(
        select(_album.c.kind, func.count())
        .join_from(_album, holding, holding.c.album_id == _album.c.id)
        .group_by(_album.c.kind)
    )
    rows: list[Row] = [{"label": kind, "count": count} for kind, count in found]
    rows.sort(key=lambda r: (r["label"] is None, -r["count"], str(r["label"])))
    return Numbers(rows, finding=leading("largest_album_type", rows))


def copyright_status(session: Session, by: ChartFilter) -> Numbers:
    """Songs by what one may do with them."""
    rows = counted_by(session, by, song.c.copyright)
    return Numbers(rows, finding=leading("largest_copyright", rows))


def original(session: Session, by: ChartFilter) -> Numbers:
    """Originals and covers."""
    rows = counted_by(session, by, song.c.original)
    return Numbers(rows, finding=leading("largest_original", rows))
