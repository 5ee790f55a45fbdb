"""Songs and albums: years, genres, languages, lengths, kinds."""

from collections import Counter

import numpy as np
from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from backend.blocks.service import Kind
from backend.charts.chart import Numbers, Row, leading
from backend.charts.columns import Chosen, Ints, Rows, choose, read
from backend.charts.filters import ChartFilter, song
from backend.charts.kinds import UNKNOWN
from backend.db.base import table
from backend.songs.tables import Album, Artist, Genre

ALBUMS = 15
BANDS = (60, 120, 180, 240, 300, 360)
"""Bounds of the duration bands in seconds."""

_BITS, _CHUNK = 32, 5_000
_EPOCH = np.datetime64("1970-01-01").astype(int) + 719_163
"""1970-01-01 as a day counted from year 1."""
_album, _artist, _genre = table(Album), table(Artist), table(Genre)


def counted_by(session: Session, by: ChartFilter, name: str) -> list[Row]:
    """Count the songs of each value of a column, most first, unknown last."""
    of = choose(session, by)
    places, facts = read(session, Kind.FACTS, of)
    hashes, first, counts = np.unique(facts[name], return_index=True, return_counts=True)
    words = _words(session, name, of, places[first])
    rows: list[Row] = [
        {"label": None if kept == UNKNOWN else word, "count": count}
        for kept, word, count in zip(hashes.tolist(), words, counts.tolist(), strict=True)
    ]
    return _most_first(rows)


def _words(session: Session, name: str, of: Chosen, places: Ints) -> list[str | None]:
    """Return what stands in a column of `songs` at some places."""
    ids = of.ids(places).tolist()
    query = select(song.c.id, song.c[name]).where(song.c.id.in_(ids))
    found = {song_id: word for song_id, word in session.execute(query)}
    return [found[song_id] for song_id in ids]


def _most_first(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda r: (r["label"] is None, -r["count"], str(r["label"])))


def songs_by_year(session: Session, by: ChartFilter) -> Numbers:
    """Songs by the year they came out, oldest first; any precision counts."""
    _, facts = read(session, Kind.FACTS, choose(session, by))
    known = facts["released"][facts["released"] != UNKNOWN]
    days = (known - _EPOCH).astype("datetime64[D]")
    years, counts = np.unique(days.astype("datetime64[Y]").astype(int), return_counts=True)
    rows: list[Row] = [
        {"label": str(1970 + year), "count": count}
        for year, count in zip(years.tolist(), counts.tolist(), strict=True)
    ]
    if len(known) < len(facts):
        rows.append({"label": None, "count": len(facts) - len(known)})
    return Numbers(rows, finding=leading("peak_year", rows))


def top_albums(session: Session, by: ChartFilter) -> Numbers:
    """The albums with the most songs; equal ones by heat, then id."""
    _, facts = read(session, Kind.FACTS, choose(session, by))
    ids, counts = _held(facts)
    # All that reach the last place, so that equal ones are told apart by their heat.
    least = np.partition(counts, -ALBUMS)[-ALBUMS] if len(ids) > ALBUMS else 1
    reach = counts >= least
    count_of = dict(zip(ids[reach].tolist(), counts[reach].tolist(), strict=True))
    query = select(_album.c.id, _album.c.title, _artist.c.name, _album.c.heat).outerjoin_from(
        _album, _artist, _artist.c.id == _album.c.artist_id
    )
    found = [
        row
        for start in range(0, len(count_of), _CHUNK)
        for row in session.execute(
            query.where(_album.c.id.in_(list(count_of)[start : start + _CHUNK]))
        )
    ]
    found.sort(key=lambda album: (-count_of[album.id], -album.heat, album.id))
    rows: list[Row] = [
        {"label": title, "artist": artist, "count": count_of[album_id], "id": album_id}
        for album_id, title, artist, _ in found[:ALBUMS]
    ]
    return Numbers(rows, finding=leading("largest_album", rows))


def _held(facts: Rows) -> tuple[Ints, Ints]:
    """Return the albums songs are on, and how many are on each."""
    ids, counts = np.unique(facts["album"][facts["album"] != UNKNOWN], return_counts=True)
    return ids, counts


def genres(session: Session, by: ChartFilter) -> Numbers:
    """Songs of each genre; a song of two genres counts in both, one without as unknown."""
    of = choose(session, by)
    places, held = read(session, Kind.GENRES, of)
    ids, counts = np.unique(held["genre"], return_counts=True)
    names = {key: name for key, name in session.execute(select(_genre.c.id, _genre.c.name))}
    rows: list[Row] = [
        {"label": names[key], "count": count}
        for key, count in zip(ids.tolist(), counts.tolist(), strict=True)
    ]
    _, facts = read(session, Kind.FACTS, of)
    if without := len(facts) - len(np.unique(places)):
        rows.append({"label": None, "count": without})
    rows = _most_first(rows)
    return Numbers(rows, finding=leading("largest_genre", rows))


def language(session: Session, by: ChartFilter) -> Numbers:
    """Songs by the language they are sung in."""
    rows = counted_by(session, by, "language")
    return Numbers(rows, finding=leading("largest_language", rows))


def duration(session: Session, by: ChartFilter) -> Numbers:
    """Songs by length, in bands of minutes; the label is the band's lower bound in seconds."""
    _, facts = read(session, Kind.FACTS, choose(session, by))
    if not len(facts):
        return Numbers([])
    known = facts["duration"][facts["duration"] != UNKNOWN]
    band = np.searchsorted(np.array(BANDS) * 1000, known, side="right")
    counts: list[int] = np.bincount(band, minlength=len(BANDS) + 1).tolist()
    rows: list[Row] = [
        {"label": str(low), "count": count, "from_s": low, "to_s": to}
        for count, low, to in zip(counts, (0, *BANDS), (*BANDS, None), strict=True)
    ]
    if len(known) < len(facts):
        unknown = len(facts) - len(known)
        rows.append({"label": None, "count": unknown, "from_s": None, "to_s": None})
    return Numbers(rows, finding=leading("usual_duration", rows))


def album_types(session: Session, by: ChartFilter) -> Numbers:
    """Albums that hold a song of the filter, by kind."""
    _, facts = read(session, Kind.FACTS, choose(session, by))
    ids, _ = _held(facts)
    # Albums travel as bits, as many a row as a number holds.
    highs, of_high = np.unique(ids // _BITS, return_inverse=True)
    sums = np.bincount(of_high, weights=2.0 ** (ids % _BITS), minlength=len(highs))
    held = dict(zip(highs.tolist(), sums.astype(int).tolist(), strict=True))
    high = (_album.c.id // _BITS).label("high")
    bits = func.sum(literal(1).op("<<")(_album.c.id % _BITS))
    counts: Counter[str | None] = Counter()
    for kind, at, there in session.execute(
        select(_album.c.kind, high, bits).group_by(_album.c.kind, high)
    ):
        counts[kind] += (int(there) & held.get(at, 0)).bit_count()
    rows = _most_first([{"label": kind, "count": n} for kind, n in counts.items() if n])
    return Numbers(rows, finding=leading("largest_album_type", rows))


def copyright_status(session: Session, by: ChartFilter) -> Numbers:
    """Songs by what one may do with them."""
    rows = counted_by(session, by, "copyright")
    return Numbers(rows, finding=leading("largest_copyright", rows))


def original(session: Session, by: ChartFilter) -> Numbers:
    """Originals and covers."""
    rows = counted_by(session, by, "original")
    return Numbers(rows, finding=leading("largest_original", rows))
