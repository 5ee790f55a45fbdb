"""The rules every row of songs obeys, in one place, after any recommender.

No song the listener knows, no song or version of it twice on a page, at most one song per
artist in a row.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class SongFacts:
    """What the rules need of a song."""

    artist_id: int | None
    work_id: int
    """The original's id for a cover, else the song's own: versions of one work share it."""


class Page:
    """Fills the rows of one page, remembering what already stands on it."""

    def __init__(self, facts: dict[int, SongFacts], shown: Collection[int] = ()) -> None:
        """Begin with the songs other rows show."""
        self.facts = facts
        self._works = {facts[s].work_id if s in facts else s for s in shown} | set(shown)

    def fill(
        self, ranking: Sequence[int], *, count: int, offset: int = 0, row: Collection[int] = ()
    ) -> list[int]:
        """Return up to `count` songs of a ranking that may join the songs already in `row`.

        The ranking is read in rounds: first each artist's best song, then each one's second, so
        that any slice of it (`offset`) holds an artist once.
        """
        rounds: list[tuple[int, int]] = []
        works = set(self._works)
        of_artist: Counter[int] = Counter()
        for song_id in ranking:
            facts = self.facts.get(song_id)
            if facts is None or facts.work_id in works:
                continue
            works.add(facts.work_id)
            turn = 0
            if facts.artist_id is not None:
                turn = of_artist[facts.artist_id]
                of_artist[facts.artist_id] += 1
            rounds.append((turn, song_id))
        rounds.sort(key=lambda entry: entry[0])

        artists = {self.facts[s].artist_id for s in row if s in self.facts} - {None}
        chosen: list[int] = []
        for _, song_id in rounds[offset:]:
            if len(chosen) == count:
                break
            artist = self.facts[song_id].artist_id
            if artist in artists:
                continue
            if artist is not None:
                artists.add(artist)
            chosen.append(song_id)
        self._works.update(self.facts[s].work_id for s in chosen)
        return chosen
