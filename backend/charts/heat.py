"""Heat: of artists, of albums, of songs beside their comments; who is heard most by month."""

import math

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from backend.blocks.service import Kind
from backend.charts.chart import Finding, Numbers, Row
from backend.charts.columns import Chosen, Ints, Rows, choose, read
from backend.charts.filters import ChartFilter
from backend.charts.kinds import UNKNOWN, month_label
from backend.db.base import table
from backend.songs.tables import Album, Artist, Genre

RANKED = 30
HOT = 5
MONTHS = 12
STEP = 10
"""Width of a heat band."""

_album, _artist, _genre = table(Album), table(Artist), table(Genre)


def artist_heat(session: Session, by: ChartFilter) -> Numbers:
    """The hottest artists: the sum of their songs' heat."""
    of = choose(session, by)
    places, facts = read(session, Kind.FACTS, of)
    heat = np.zeros(of.places)
    heat[places] = np.nan_to_num(facts["heat"])
    sung, singers = read(session, Kind.SINGERS, of)
    return _ranking(session, "hottest_artist", _artist.c.name, singers["artist"], heat[sung])


def album_heat(session: Session, by: ChartFilter) -> Numbers:
    """The hottest albums: the sum of their songs' heat."""
    _, facts = read(session, Kind.FACTS, choose(session, by))
    facts = facts[facts["album"] != UNKNOWN]
    heat = np.nan_to_num(facts["heat"])
    return _ranking(session, "hottest_album", _album.c.title, facts["album"], heat)


def _ranking(
    session: Session,
    kind: str,
    name: ColumnElement[str],
    owners: Rows,
    heat: NDArray[np.float64],
) -> Numbers:
    """Add heat up by owner; the hottest first, equal ones by id."""
    keys, of_key, songs = np.unique(owners, return_inverse=True, return_counts=True)
    sums = np.bincount(of_key, weights=heat, minlength=len(keys))
    first = np.lexsort((keys, -sums))[:RANKED]
    names = _names(session, name, keys[first])
    rows: list[Row] = [
        {"label": names[key], "count": count, "heat": round(total, 1), "id": key}
        for key, count, total in zip(
            keys[first].tolist(), songs[first].tolist(), sums[first].tolist(), strict=True
        )
    ]
    if not rows or not rows[0]["heat"]:
        return Numbers(rows)
    said = {"label": rows[0]["label"], "heat": rows[0]["heat"]}
    return Numbers(rows, finding=Finding(kind, said))


def hot_artists(session: Session, by: ChartFilter) -> Numbers:
    """Plays by month of the five artists played most in the last twelve months with plays.

    A play counts for every artist of its song; one without a known day stands in no month.
    """
    of = choose(session, by)
    places, plays = read(session, Kind.MONTHS, of)
    if not len(plays) or (last := int(plays["month"].max())) == UNKNOWN:
        return Numbers([])
    since = last - MONTHS + 1
    late = plays["month"] >= since
    heard, month, count = places[late], plays["month"][late] - since, plays["count"][late]
    sung, singers = read(session, Kind.SINGERS, of)
    keys, of_key = np.unique(singers["artist"], return_inverse=True)
    by_song = np.bincount(heard, weights=count, minlength=of.places)
    sums = np.bincount(of_key, weights=by_song[sung])
    order = np.lexsort((keys, -sums))[:HOT]
    hottest = order[sums[order] > 0]
    if not len(hottest):
        return Numbers([])

    def monthly(place: int) -> list[float]:
        """Count the plays of one artist's songs by month; `place` is one in `keys`."""
        own = np.zeros(of.places, bool)
        own[sung[of_key == place]] = True
        at = own[heard]
        found: list[float] = np.bincount(month[at], weights=count[at], minlength=MONTHS).tolist()
        return found

    names = _names(session, _artist.c.name, keys[hottest])
    rows: list[Row] = [
        {"label": names[key], "month": month_label(since + nth), "count": int(times), "id": key}
        for place, key in zip(hottest.tolist(), keys[hottest].tolist(), strict=True)
        for nth, times in enumerate(monthly(place))
    ]
    said = {"label": rows[0]["label"], "count": int(sums[hottest[0]]), "months": MONTHS}
    return Numbers(rows, finding=Finding("most_played_artist", said))


def _names(session: Session, name: ColumnElement[str], keys: Ints) -> dict[int, str]:
    found = session.execute(select(name.table.c.id, name).where(name.table.c.id.in_(keys.tolist())))
    return {key: label for key, label in found}


def heat_comments(session: Session, by: ChartFilter) -> Numbers:
    """Each song's heat beside its comments; rows sum them up by bands of ten degrees of heat.

    Songs of unknown heat are a row of their own, and no point. A point's song is as many ids after
    the one before as its `song_step` says, the first that many after 0: a long series of ids takes
    as much room as all the rest. A point's `genre` is a place in `genres`, which says each name
    once; -1: none is known.
    """
    of = choose(session, by)
    places, facts = read(session, Kind.FACTS, of)
    is_known = ~np.isnan(facts["heat"])
    known = facts[is_known]
    heat, comments = np.round(known["heat"], 1), known["comments"]
    genre, genres = _first_genres(session, of)
    columns = {
        "song_step": np.diff(of.ids(places[is_known]), prepend=0).tolist(),
        "heat": heat.tolist(),
        "comments": comments.tolist(),
        "genre": genre[places[is_known]].tolist(),
        "genres": genres,
    }
    bands = np.clip(known["heat"] // STEP, 0, 100 // STEP - 1).astype(int)
    songs = np.bincount(bands).tolist()
    sums = np.bincount(bands, weights=comments).astype(int).tolist()
    rows: list[Row] = [
        {"label": str(band * STEP), "count": count, "comments": sums[band]}
        for band, count in enumerate(songs)
        if count
    ]
    if len(known) < len(facts):
        unknown = facts[~is_known]
        total = int(unknown["comments"].sum())
        rows.append({"label": None, "count": len(unknown), "comments": total})
    return Numbers(rows, columns, _correlation(heat, comments))


def _first_genres(session: Session, of: Chosen) -> tuple[Ints, list[str]]:
    """Return by place which name is a song's genre, of several the one met first, and the names.

    A song without a genre has -1.
    """
    places, held = read(session, Kind.GENRES, of)
    codes = np.full(of.places, -1)
    label = {key: name for key, name in session.execute(select(_genre.c.id, _genre.c.name))}
    at, first = np.unique(places, return_index=True)
    keys, of_key = np.unique(held["genre"][first], return_inverse=True)
    codes[at] = of_key
    return codes, [label[key] for key in keys.tolist()]


def _correlation(heat: NDArray[np.float64], comments: Ints) -> Finding | None:
    """Tell Pearson's r of heat and ln(1 + comments)."""
    if len(heat) < 3:
        return None
    x, y = heat - heat.mean(), np.log1p(comments)
    y -= y.mean()
    xx, yy = float(x @ x), float(y @ y)
    if not xx or not yy:
        return None
    return Finding("heat_follows_comments", {"r": round(float(x @ y) / math.sqrt(xx * yy), 3)})
