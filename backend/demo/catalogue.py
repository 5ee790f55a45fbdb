"""The songs of the demo library: whose, when, how they sound, and their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from backend.demo.corpus import Poem
from backend.demo.singers import Album, Singer, make_albums, make_singers
from backend.demo.tune import stamped
from backend.demo.vocabulary import GENRES, INSTRUMENTAL, MOODS, WORDLESS
from backend.ingest.records import (
    AlbumRecord,
    ArtistRecord,
    Copyright,
    LyricRecord,
    Record,
    SongRecord,
)

SOURCE = "demo"
COVER_SHARE = 0.12
_COPYRIGHT: dict[str | None, float] = {
    "free": 0.34,
    "free_low": 0.22,
    "vip": 0.28,
    "album": 0.07,
    "unavailable": 0.04,
    None: 0.05,
}
_QUOTED = 3  # characters; every poem has a clause that long
_BRIEF = "虚构的歌手，为演示曲库而设，与任何真实人物无关。"

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Catalogue:
    """Singers, albums, and one array entry per song."""

    singers: list[Singer]
    albums: list[Album]
    poems: Sequence[Poem]
    seed: int
    singer: Ints
    album: Ints
    genre: Ints
    """Index into `GENRES`."""
    mood: Ints
    """Index into `MOODS`."""
    popularity: Floats
    """How often it is played relative to others."""
    released: Ints
    """Proleptic day number; exact even where the library tells less."""
    poem: Ints
    clause: Ints
    """Which clause of the poem gives the title; -1 for the poem's own title."""
    original: Ints
    """The song it is a cover of; -1 for none."""
    wordless: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.singer)

    def _poem(self, song: int) -> Poem:
        return self.poems[int(self.poem[song])]

    def title(self, song: int) -> str:
        """Return the title of a song."""
        poem, clause = self._poem(song), int(self.clause[song])
        return poem.title if clause < 0 else poem.titled(poem.clauses[clause])

    def line(self, song: int, place: float) -> str:
        """Return a clause worth quoting of a song's words; `place` in 0..1 says where."""
        clauses = [one for one in self._poem(song).clauses if len(one) >= _QUOTED]
        return clauses[int(place * len(clauses))]

    def records(self) -> Iterator[Record]:
        """Yield everything the library holds, what is referred to first."""
        for index, singer in enumerate(self.singers):
            yield ArtistRecord(source=SOURCE, source_id=f"a{index}", name=singer.name, brief=_BRIEF)
        for index, album in enumerate(self.albums):
            yield AlbumRecord(
                source=SOURCE,
                source_id=f"r{index}",
                title=album.title,
                artist=f"a{album.singer}",
                kind=album.kind,
                company=album.company,
                release_date=album.told,
                release_precision=album.precision,
            )
        yield from self._songs()

    def _songs(self) -> Iterator[Record]:
        rng = np.random.default_rng([self.seed, 2])
        size = len(self)
        heat = _heat(rng, self.popularity)
        unknown = rng.random((5, size))
        chances = rng.random((6, size))
        licences = list(_COPYRIGHT)
        licence = rng.choice(len(licences), size, p=list(_COPYRIGHT.values()))
        duration = rng.normal(238, 42, size).clip(96, 420)
        swing = rng.normal(1, 0.07, size)
        styles, moods = list(GENRES), list(MOODS)
        covered = set(self.original[self.original >= 0].tolist())
        # A cover comes after every original, so that its link is known when it is stored.
        for song in np.argsort(self.original >= 0, kind="stable").tolist():
            singer, album = self.singers[self.singer[song]], self.albums[self.album[song]]
            poem, style = self._poem(song), styles[self.genre[song]]
            mood, original = moods[self.mood[song]], int(self.original[song])
            wordless = bool(self.wordless[song])
            tempo = float(np.clip(GENRES[style].tempo * MOODS[mood].pace * swing[song], 56, 180))
            tempo = round(tempo)
            near = GENRES[style].near[int(chances[0, song] * len(GENRES[style].near))]
            language = INSTRUMENTAL if wordless else singer.language
            palettes, motifs = MOODS[mood].palettes, MOODS[mood].motifs
            status: Literal["original", "cover"] | None = "cover" if original >= 0 else "original"
            if original < 0 and song not in covered and unknown[0, song] < 0.1:
                status = None
            yield SongRecord(
                source=SOURCE,
                source_id=f"s{song}",
                title=self.title(song),
                artists=(f"a{self.singer[song]}",),
                album=f"r{self.album[song]}",
                release_date=album.told,
                release_precision=album.precision,
                duration_ms=None if unknown[1, song] < 0.01 else int(duration[song] * 1000),
                language=None if unknown[2, song] < 0.04 else language,
                genres=(style, near) if chances[1, song] < 0.25 else (style,),
                heat=None if unknown[3, song] < 0.01 else float(heat[song]),
                copyright=cast(Copyright | None, licences[licence[song]]),
                original=status,
                original_song=f"s{original}" if original >= 0 and unknown[4, song] > 0.1 else None,
                lyricist=None if wordless else poem.author,
                mood=mood,
                tempo=tempo,
                cover_palette=palettes[int(chances[2, song] * len(palettes))],
                cover_motif=motifs[int(chances[3, song] * len(motifs))],
            )
            yield _words(song, poem, tempo, wordless=wordless, draw=float(chances[4, song]))


def build(poems: Sequence[Poem], *, songs: int, seed: int, until: date) -> Catalogue:
    """Return a library of that many songs whose newest came out on `until`.

    The same arguments give the same library.
    """
    rng = np.random.default_rng([seed, 1])
    singers = make_singers(rng, songs=songs, until=until)
    albums = make_albums(rng, singers, until=until)
    sizes = [album.songs for album in albums]
    album = np.repeat(np.arange(len(albums)), sizes)
    singer = np.array([record.singer for record in albums])[album]
    released = np.array([record.released.toordinal() for record in albums])[album]
    genre = _genres(rng, singers)[singer]
    stray = rng.random(songs) < 0.12
    genre[stray] = rng.integers(0, len(GENRES), int(stray.sum()))
    weight = np.array([one.weight for one in singers])[singer]
    popularity = weight * rng.lognormal(0, 0.9, songs)
    is_wordless = np.array([name in WORDLESS for name in GENRES])[genre]
    wordless = rng.random(songs) < np.where(is_wordless, 0.75, 0.01)
    original = _covers(rng, singer, released, popularity, wordless)
    poem, clause = _assign_poems(rng, poems, original)
    mood = _moods(rng, poems)[poem]
    # A cover keeps the words and the mood of its original, not always its genre.
    return Catalogue(
        singers=singers,
        albums=albums,
        poems=poems,
        seed=seed,
        singer=singer,
        album=album,
        genre=genre,
        mood=mood,
        popularity=popularity / popularity.sum(),
        released=released,
        poem=poem,
        clause=clause,
        original=original,
        wordless=wordless,
    )


def _genres(rng: Generator, singers: list[Singer]) -> Ints:
    names = list(GENRES)
    return np.array([names.index(singer.genre) for singer in singers])


def _covers(
    rng: Generator,
    singer: Ints,
    released: Ints,
    popularity: Floats,
    wordless: NDArray[np.bool_],
) -> Ints:
    """Return for each song the earlier song of another singer that it covers, or -1."""
    size = len(singer)
    original = np.full(size, -1)
    covering = (rng.random(size) < COVER_SHARE * 1.08) & ~wordless
    sources = np.flatnonzero(~covering & ~wordless)
    sources = sources[np.argsort(released[sources], kind="stable")]
    reach = np.cumsum(np.sqrt(popularity[sources]))
    older = np.searchsorted(released[sources], released, side="left")
    draws = rng.random(size)
    for song in np.flatnonzero(covering & (older > 0)).tolist():
        place = np.searchsorted(reach, draws[song] * reach[older[song] - 1])
        chosen = int(sources[place])
        if singer[chosen] != singer[song]:
            original[song] = chosen
    return original


def _assign_poems(rng: Generator, poems: Sequence[Poem], original: Ints) -> tuple[Ints, Ints]:
    """Return each song's poem and the clause of its title; covers take their original's.

    Every poem is used once, the best known first; further songs take a clause of any poem.
    """
    first = rng.permutation([i for i, poem in enumerate(poems) if poem.known])
    rest = rng.permutation([i for i, poem in enumerate(poems) if not poem.known])
    own = rng.permutation(np.flatnonzero(original < 0))
    pool = np.concatenate([first, rest]).astype(np.int64)[: len(own)]
    poem, clause = np.zeros(len(original), np.int64), np.full(len(original), -1)
    poem[own[: len(pool)]] = pool
    beyond = own[len(pool) :]
    poem[beyond] = rng.integers(0, len(poems), len(beyond))
    counts = np.array([len(one.clauses) for one in poems])
    clause[beyond] = 1 + (rng.random(len(beyond)) * (counts[poem[beyond]] - 1)).astype(np.int64)
    covers = original >= 0
    poem[covers], clause[covers] = poem[original[covers]], clause[original[covers]]
    return poem, clause


def _moods(rng: Generator, poems: Sequence[Poem]) -> Ints:
    """Return each poem's mood: the one whose characters it holds more of than poems commonly do."""
    texts = ["".join(poem.lines) for poem in poems]
    signs = [
        np.array([sum(map(text.count, mood.signs)) for text in texts], np.float64)
        for mood in MOODS.values()
    ]
    scores = np.stack([(count + 0.2) / (count.mean() + 0.2) for count in signs])
    leading: Ints = np.argmax(scores + rng.random(scores.shape) * 0.4, axis=0)
    return leading


def _heat(rng: Generator, popularity: Floats) -> Floats:
    """Return heat from 0 to 100: by rank, with noise, crowded at the low end."""
    rank = np.argsort(np.argsort(popularity)) / max(len(popularity) - 1, 1)
    heat: Floats = np.clip(6 + 94 * rank**1.8 + rng.normal(0, 3, len(rank)), 0, 100)
    return heat.round()


def _words(song: int, poem: Poem, tempo: float, *, wordless: bool, draw: float) -> LyricRecord:
    source_id = f"s{song}"
    if wordless:
        return LyricRecord(source=SOURCE, source_id=source_id, kind="instrumental")
    if draw < 0.03:
        return LyricRecord(source=SOURCE, source_id=source_id, kind="uncollected")
    if draw < 0.06:
        text = "\n".join(poem.lines)
        return LyricRecord(source=SOURCE, source_id=source_id, kind="plain", text=text)
    text = stamped(poem.lines, tempo)
    return LyricRecord(source=SOURCE, source_id=source_id, kind="lrc", text=text)
