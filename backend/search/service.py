"""Search: candidates from the full-text index, then ranked by where the query really stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.search import fulltext
from backend.search.match import Match, Query, find, nearly
from backend.search.tables import SearchAlbum, SearchArtist, SearchSong
from backend.search.text import choices, exact, read_units, sign_tokens, spelled
from backend.songs.cards import SongCard, SongNames, load_cards, load_names
from backend.songs.lrc import LyricLine, parse
from backend.songs.tables import Album, Artist, Lyric, Song

CANDIDATES = 100
ENOUGH = 50
"""Of the hottest, so many that hold a short query: nothing colder is looked for."""
HOTTEST = 1_000
"""Songs that short queries are looked for in before all others."""
LYRIC_CANDIDATES = 24
"""Songs whose lines are read; each line is compared."""
SHORT = 3
"""Letters or signs up to which a query is short."""
SPELLINGS = 4
"""Readings of signs among letters that the index is asked for, likeliest first."""
REACH = 8
"""Letters of a run that the index is asked for: the shortest stretch every token holds."""
_SIDE = 5.0
"""What a hit is worth less for each step away from the title: artist, album."""

Field = Literal["title", "artist", "album"]
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Hit(Generic[Thing]):
    """A thing found, where, and the text in which the match's spans lie."""

    thing: Thing
    match: Match
    field: Field = "title"
    text: str = ""


@dataclass
class Found:
    """What a query found, best first; `suggestion` names what was probably meant."""

    songs: list[Hit[SongCard]] = field(default_factory=list)
    artists: list[Hit[Artist]] = field(default_factory=list)
    albums: list[Hit[Album]] = field(default_factory=list)
    lyrics: list[Hit[tuple[SongCard, LyricLine]]] = field(default_factory=list)
    suggestion: str | None = None


def search(session: Session, *, q: str, limit: int) -> Found:
    """Return up to `limit` songs, artists, albums and lyric lines for what was typed.

    A constant number of statements: a few a group for what may be it, its rows, and as many again
    when nothing is found as typed and what is nearest is looked for.
    """
    query = Query.of(q)
    if not query.joined:
        return Found()
    found = _named(session, query, limit, near=False)
    if len(query.joined) > (SHORT if query.joined.isascii() else 1):
        found.lyrics = _lyrics(session, query, limit)
    if not (found.songs or found.artists or found.albums):
        near = _named(session, query, limit, near=True)
        found.songs, found.artists, found.albums = near.songs, near.artists, near.albums
        if not found.lyrics:
            found.suggestion = _suggestion(near)
    return found


def _named(session: Session, query: Query, limit: int, *, near: bool) -> Found:
    judge = _near if near else _exactly

    def candidates(table: str, key: Any, heat: Any, indexed: Any) -> Sequence[int]:
        wanted = near_tokens(query) if near else tokens(query)
        # A thing of exactly this name is among them, however many others hold it.
        ids = fulltext.find(session, table, "names", [[exact(query.joined)]], limit=CANDIDATES)
        if not near and len(query.joined) <= SHORT:
            ids += session.scalars(_hot(query, key, heat, indexed)).all()
        if len(ids) < ENOUGH and (len(query.joined) > 2 or not query.joined.isascii()):
            ids += fulltext.find(session, table, "names", wanted, limit=CANDIDATES)
        return list(dict.fromkeys(ids))

    def named(table: str, kind: Any, of: Field, name: str, indexed: Any) -> list[Hit[Any]]:
        ids = candidates(table, kind.id, kind.heat, indexed)
        things = session.scalars(select(kind).where(kind.id.in_(ids))) if ids else ()
        texts = [(thing, getattr(thing, name)) for thing in things]
        return _best(
            [Hit(thing, m, of, text) for thing, text in texts if (m := judge(query, text))], limit
        )

    songs = load_names(session, candidates("search_songs", Song.id, Song.heat, SearchSong))
    best = _best([hit for song in songs if (hit := _song_hit(query, song, judge))], limit)
    cards = {card.song.id: card for card in load_cards(session, [hit.thing.id for hit in best])}
    return Found(
        songs=[replace(hit, thing=cards[hit.thing.id]) for hit in best if hit.thing.id in cards],
        artists=named("search_artists", Artist, "artist", "name", SearchArtist),
        albums=named("search_albums", Album, "album", "title", SearchAlbum),
    )


def _hot(query: Query, key: Any, heat: Any, indexed: Any) -> Any:
    """Select the hottest things that hold a short query: it stands in a good part of everything."""
    hottest = select(key.label("id")).order_by(heat.desc(), key).limit(HOTTEST).subquery()
    held = [f"{token.rstrip('*')}" for token in _held(query.joined)]
    found = select(hottest.c.id).join(
        indexed, indexed.__table__.primary_key.columns[0] == hottest.c.id
    )
    return found.where(*(indexed.names.contains(token) for token in held)).limit(CANDIDATES)


def _song_hit(
    query: Query, song: SongNames, judge: Callable[[Query, str], Match | None]
) -> Hit[SongNames] | None:
    texts: list[tuple[Field, str]] = [("title", song.title)]
    texts += [("artist", name) for name in song.artists]
    if song.album:
        texts.append(("album", song.album))
    hits = [
        Hit(song, Match(m.kind, m.spans, m.worth - _SIDE * ("title", "artist", "album").index(f)),
            f, text)
        for f, text in texts
        if (m := judge(query, text))
    ]  # fmt: skip
    if not hits and len(query.words) > 1:
        hits = _across(query, song, texts)
    return max(hits, key=lambda hit: hit.match.worth, default=None)


def _across(
    query: Query, song: SongNames, texts: Sequence[tuple[Field, str]]
) -> list[Hit[SongNames]]:
    """Find each word in some name of the song: 歌手 歌名."""
    chosen: list[Hit[SongNames]] = []
    for word in query.words:
        hits = [Hit(song, m, f, text) for f, text in texts if (m := find(word, text))]
        if not hits:
            return []
        chosen.append(max(hits, key=lambda hit: (hit.field == "title", hit.match.worth)))
    return [max(chosen, key=lambda hit: (hit.field == "title", hit.match.worth))]


def _lyrics(session: Session, query: Query, limit: int) -> list[Hit[tuple[SongCard, LyricLine]]]:
    # A line is compared with all that was typed, run together.
    wanted = _anywhere(query.joined)
    ids = fulltext.find(session, "search_songs", "lyrics", wanted, limit=LYRIC_CANDIDATES)
    if not ids:
        return []
    texts = select(Lyric.song_id, Lyric.kind, Lyric.text).where(Lyric.song_id.in_(ids))
    best: dict[int, tuple[LyricLine, Match]] = {}
    for song_id, kind, text in session.execute(texts):
        for line in parse(kind, text):
            match = _exactly(query, line.text)
            if match and (song_id not in best or match.worth > best[song_id][1].worth):
                best[song_id] = line, match
    order = sorted(best, key=lambda song_id: -best[song_id][1].worth)[:limit]
    return [
        Hit((card, best[card.song.id][0]), best[card.song.id][1], text=best[card.song.id][0].text)
        for card in load_cards(session, order)
    ]


def _exactly(query: Query, text: str) -> Match | None:
    return find(query.joined, text)


def _near(query: Query, text: str) -> Match | None:
    return nearly(query.joined, text)


def _best(hits: list[Hit[Any]], limit: int) -> list[Hit[Any]]:
    return sorted(hits, key=lambda hit: (-round(hit.match.worth), -(hit.thing.heat or 0.0)))[:limit]


def _suggestion(near: Found) -> str | None:
    hits: list[Hit[Any]] = [*near.songs[:1], *near.artists[:1], *near.albums[:1]]
    best = max(hits, key=lambda hit: hit.match.worth, default=None)
    return None if best is None else best.text


def tokens(query: Query) -> list[list[str]]:
    """Return what the index must hold for the query to stand somewhere: any of these lists."""
    wanted = _anywhere(query.joined)
    if len(query.words) > 1:
        # What a word of one or two letters begins is in a good part of everything.
        telling = [word for word in query.words if len(word) >= SHORT or not word.isascii()]
        wanted.append([token for word in telling or query.words for token in _held(word)])
    return wanted


def _anywhere(typed: str) -> list[list[str]]:
    """Return what the index must hold for a text to stand somewhere in one piece: any of these.

    Signs and letters together (雾gang, 雾gdt) are asked for as letters: a single sign is in a good
    part of everything.
    """
    cut = read_units(typed)
    if len({unit.is_han for unit in cut}) == 2:
        in_full = [unit.readings for unit in cut]
        in_short = [unit.initials if unit.is_han else (unit.text,) for unit in cut]
        if letters := choices(in_full, SPELLINGS) + choices(in_short, SPELLINGS):
            return [[f"py{one[:REACH]}*"] for one in dict.fromkeys(letters)]
    return [_held(typed)]


def near_tokens(query: Query) -> list[list[str]]:
    """Return what the index holds when one slip was made: what stands before it and after it.

    A sign too many, too few, another one, or another sign of the same sound.
    """
    typed = query.joined
    wanted: list[list[str]] = []
    if not typed.isascii():
        for at in range(len(typed)):
            for before, after in ((typed[:at], typed[at + 1 :]), (typed[:at], typed[at:])):
                if len(before + after) > 1 or len(typed) == 2:
                    wanted.append(_narrow(_held(before) + _held(after)))
    read = spelled(typed)
    if read.isascii() and len(read) > SHORT:
        wanted.append(_held(read))
        wanted += [[f"py{read[at : at + REACH]}*"] for at in range(2, min(len(read) - 3, REACH))]
        wanted.append([f"py{read[: min(max(len(read) // 2, SHORT + 1), REACH)]}*"])
    return [list(one) for one in dict.fromkeys(map(tuple, wanted)) if one]


def _narrow(held: list[str]) -> list[str]:
    """Leave out prefixes beside whole tokens: a single sign is in a good part of everything."""
    return [token for token in held if not token.endswith("*")] or held


def _held(text: str) -> list[str]:
    """Return what the index holds where a text stands, each run of signs or letters by itself."""
    held: list[str] = []
    for run in _runs(text):
        held += [f"py{run[:REACH]}*"] if run.isascii() else sign_tokens(run)
    return held


def _runs(text: str) -> list[str]:
    runs: list[str] = []
    for sign in text:
        if runs and runs[-1][-1].isascii() == sign.isascii():
            runs[-1] += sign
        else:
            runs.append(sign)
    return runs
