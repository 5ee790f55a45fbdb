"""Heat: of artists, of albums, of songs beside their comments; who is heard most by month."""

import math
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Finding, Numbers, Row
from backend.charts.filters import ChartFilter, song
from backend.db.base import table
from backend.listening.tables import Play
from backend.songs.tables import Album, Artist, Genre, SongArtist, SongGenre

RANKED = 30
HOT = 5
MONTHS = 12
STEP = 10
"""Width of a heat band."""

_album, _artist, _song_artist = table(Album), table(Artist), table(SongArtist)
_genre, _song_genre, _play = table(Genre), table(SongGenre), table(Play)


def artist_heat(session: Session, by: ChartFilter) -> Numbers:
    """The hottest artists: the sum of their songs' heat."""
    heat = func.sum(func.coalesce(song.c.heat, 0.0))
    found = session.execute(
        select(_artist.c.id, _artist.c.name, func.count(), heat)
        .join_from(song, _song_artist, _song_artist.c.song_id == song.c.id)
        .join(_artist, _artist.c.id == _song_artist.c.artist_id)
        .where(*by.conditions())
        .group_by(_artist.c.id, _artist.c.name)
        .order_by(heat.desc(), _artist.c.id)
        .limit(RANKED)
    ).all()
    return _ranking("hottest_artist", found)


def album_heat(session: Session, by: ChartFilter) -> Numbers:
    """The hottest albums: the sum of their songs' heat."""
    heat = func.sum(func.coalesce(song.c.heat, 0.0))
    found = session.execute(
        select(_album.c.id, _album.c.title, func.count(), heat)
        .join_from(song, _album, _album.c.id == song.c.album_id)
        .where(*by.conditions())
        .group_by(_album.c.id, _album.c.title)
        .order_by(heat.desc(), _album.c.id)
        .limit(RANKED)
    ).all()
    return _ranking("hottest_album", found)


def _ranking(kind: str, found: Sequence[Any]) -> Numbers:
    rows: list[Row] = [
        {"label": name, "count": songs, "heat": round(float(heat), 1), "id": key}
        for key, name, songs, heat in found
    ]
    if not rows or not rows[0]["heat"]:
        return Numbers(rows)
    said = {"label": rows[0]["label"], "heat": rows[0]["heat"]}
    return Numbers(rows, finding=Finding(kind, said))


def hot_artists(session: Session, by: ChartFilter) -> Numbers:
    """Plays by month of the five artists played most in the last twelve months with plays.

    A play counts for every artist of its song; one without a known day stands in no month.
    """
    last: date | None = session.scalar(
        select(func.max(_play.c.day)).where(*by.on_songs(_play.c.song_id))
    )
    if last is None:
        return Numbers([])
    months = _months_until(last)
    played = func.sum(_play.c["count"])
    counted = (
        select(_song_artist.c.artist_id, func.substr(_play.c.day, 1, 7).label("month"), played)
        .join_from(_play, _song_artist, _song_artist.c.song_id == _play.c.song_id)
        .where(_play.c.day >= date.fromisoformat(months[0] + "-01"), *by.on_songs(_play.c.song_id))
        .group_by(_song_artist.c.artist_id, "month")
    )
    by_artist: dict[int, dict[str, int]] = defaultdict(dict)
    for artist_id, month, plays in session.execute(counted):
        by_artist[artist_id][month] = int(plays)
    hottest = sorted(by_artist, key=lambda key: (-sum(by_artist[key].values()), key))[:HOT]
    found = session.execute(select(_artist.c.id, _artist.c.name).where(_artist.c.id.in_(hottest)))
    names = {key: name for key, name in found}
    rows: list[Row] = [
        {"label": names[key], "month": month, "count": by_artist[key].get(month, 0), "id": key}
        for key in hottest
        for month in months
    ]
    first = hottest[0]
    said = {"label": names[first], "count": sum(by_artist[first].values()), "months": len(months)}
    return Numbers(rows, finding=Finding("most_played_artist", said))


def _months_until(last: date) -> list[str]:
    count = last.year * 12 + last.month - 1
    return [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(count - MONTHS + 1, count + 1)]


def heat_comments(session: Session, by: ChartFilter) -> Numbers:
    """Each song's heat beside its comments; rows sum them up by bands of ten degrees of heat.

    Songs of unknown heat are a row of their own, and no point.
    """
    genre_of = (
        select(_song_genre.c.song_id, func.min(_song_genre.c.genre_id).label("genre_id"))
        .group_by(_song_genre.c.song_id)
        .subquery()
    )
    found = session.execute(
        select(song.c.id, song.c.heat, song.c.comment_count, genre_of.c.genre_id)
        .outerjoin_from(song, genre_of, genre_of.c.song_id == song.c.id)
        .where(*by.conditions())
        .order_by(song.c.id)
    ).all()
    names = {key: name for key, name in session.execute(select(_genre.c.id, _genre.c.name))}
    known = [row for row in found if row.heat is not None]
    columns = {
        "song": [row.id for row in known],
        "heat": [round(row.heat, 1) for row in known],
        "comments": [row.comment_count for row in known],
        "genre": [names.get(row.genre_id) for row in known],
    }
    bands: dict[int | None, list[int]] = defaultdict(lambda: [0, 0])
    for row in found:
        band = None if row.heat is None else min(int(row.heat // STEP) * STEP, 100 - STEP)
        bands[band][0] += 1
        bands[band][1] += row.comment_count
    rows: list[Row] = [
        {"label": None if low is None else str(low), "count": songs, "comments": comments}
        for low, (songs, comments) in sorted(bands.items(), key=lambda b: (b[0] is None, b[0] or 0))
    ]
    return Numbers(rows, columns, _correlation(columns["heat"], columns["comments"]))


def _correlation(heat: Sequence[float], comments: Sequence[int]) -> Finding | None:
    """Tell Pearson's r of heat and ln(1 + comments)."""
    logs = [math.log1p(count) for count in comments]
    if len(logs) < 3:
        return None
    mean_x, mean_y = sum(heat) / len(heat), sum(logs) / len(logs)
    xx = sum((x - mean_x) ** 2 for x in heat)
    yy = sum((y - mean_y) ** 2 for y in logs)
    xy = sum((x - mean_x) * (y - mean_y) for x, y in zip(heat, logs, strict=True))
    if not xx or not yy:
        return None
    return Finding("heat_follows_comments", {"r": round(xy / math.sqrt(xx * yy), 3)})
