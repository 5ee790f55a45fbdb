"""The simulated listeners and everything they did, as records.

Each has a taste over genres and moods and a few favourite singers; a power law says how much they
listen and which of their songs they return to; plays come in sessions at human hours, and a fixed
share goes from a song to its fixed successor, so that the order of plays carries signal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np

from backend.demo.catalogue import SOURCE, Catalogue, Ints
from backend.demo.comments import write
from backend.demo.deeds import Deeds, comment, play, rate
from backend.demo.people import DAYS, LOCAL, People, make_people
from backend.ingest.records import CommentRecord, ListenerRecord, PlayRecord, RatingRecord, Record


@dataclass(frozen=True)
class Size:
    """How much is simulated."""

    listeners: int = 500
    plays: int = 100_000
    ratings: int = 20_000
    comments: int = 20_000


@dataclass(frozen=True)
class Simulation:
    """Everybody and everything they did."""

    catalogue: Catalogue
    people: People
    plays: Deeds
    ratings: Deeds
    comments: Deeds
    likes: Ints
    first: date
    seed: int

    def __len__(self) -> int:
        return len(self.people) + len(self.plays) + len(self.ratings) + len(self.comments)

    def records(self) -> Iterator[Record]:
        """Yield listeners, comments, ratings and plays."""
        start = datetime.combine(self.first, datetime.min.time(), LOCAL)
        for index, joined in enumerate(self.people.joined.tolist()):
            created = (start + timedelta(joined)).astimezone(UTC)
            yield ListenerRecord(source=SOURCE, source_id=f"l{index}", created_at=created)
        yield from self._comments()
        for index, (listener, song, at, stars) in enumerate(self.ratings.rows()):
            yield RatingRecord(
                source=SOURCE,
                source_id=f"g{index}",
                listener=f"l{listener}",
                song=f"s{song}",
                stars=stars,
                rated_at=datetime.fromtimestamp(at, UTC),
            )
        for index, (listener, song, at, _) in enumerate(self.plays.rows()):
            yield PlayRecord(
                source=SOURCE,
                source_id=f"p{index}",
                listener=f"l{listener}",
                song=f"s{song}",
                played_at=datetime.fromtimestamp(at, UTC),
            )

    def _comments(self) -> Iterator[Record]:
        about = ((song, tone) for _, song, _, tone in self.comments.rows())
        texts = write(self.catalogue, about, self.seed)
        told = zip(self.comments.rows(), texts, self.likes.tolist(), strict=True)
        for index, ((listener, song, at, _), text, likes) in enumerate(told):
            yield CommentRecord(
                source=SOURCE,
                source_id=f"c{index}",
                song=f"s{song}",
                text=text,
                likes=likes,
                created_at=datetime.fromtimestamp(at, UTC),
                listener=f"l{listener}",
            )


def simulate(catalogue: Catalogue, size: Size, *, seed: int, until: datetime) -> Simulation:
    """Return what listeners did in the 18 months that end with `until`.

    The same arguments give the same result.
    """
    rng = np.random.default_rng([seed, 3])
    last = until.astimezone(LOCAL)
    first = last.date() - timedelta(DAYS)
    people = make_people(rng, catalogue, size.listeners)
    quality = rng.normal(0, 0.5, len(catalogue))
    plays, known = play(rng, catalogue, people, size.plays, first, last)
    ratings = rate(rng, catalogue, people, plays, known, quality, size.ratings)
    comments = comment(rng, catalogue, people, quality, size.comments, first, last)
    fame = catalogue.popularity[comments.song] * len(catalogue)
    likes = (rng.pareto(1.1, len(comments)) * np.sqrt(fame) * 0.8).clip(0, 99_999).astype(np.int64)
    return Simulation(catalogue, people, plays, ratings, comments, likes, first, seed)
