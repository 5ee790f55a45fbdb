"""What is wanted moves up, what is avoided stays away; how a blend's scores add up is logged."""

from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest
import structlog
from sqlalchemy.orm import Session

from backend.care import service as care
from backend.recommendations.snapshot import read_interactions
from backend.recommendations.wishes import WANTED, WINDOW, raised
from models.artifacts import ArtifactStore
from models.progress import silent
from models.recommender.interface import Popular, Ranked
from models.recommender.train import train
from tests.backend.conftest import Person
from tests.backend.recommendations.conftest import TwoTastes
from tests.factories.library import NOON, Library

Persons = Callable[[str], Person]
ROW = "/api/recommendations/itemcf?limit=6"


def ranked(count: int) -> Ranked:
    return Ranked(
        np.arange(100, 100 + count),
        np.linspace(1, 0.5, count).astype(np.float32),
        tuple(Popular(place, None) for place in range(count)),
    )


def test_a_wanted_song_is_raised_by_its_share_and_takes_its_reason_along() -> None:
    before = ranked(12)
    after = raised(before, {105})
    assert after.items[0] == 105
    assert after.scores[0] == pytest.approx(before.scores[5] * (1 + WANTED))
    assert after.reasons[0] == Popular(5, None)
    assert after.items[1:].tolist() == [100, 101, 102, 103, 104, *range(106, 112)]
    assert raised(before, ()) is before


def test_a_window_keeps_its_songs_so_that_pages_stay() -> None:
    long = ranked(WINDOW * 2 + 5)
    after = raised(long, set(range(130, 170)))
    for start in range(0, len(long), WINDOW):
        part = slice(start, start + WINDOW)
        assert set(after.items[part]) == set(long.items[part])


def test_wishes_raise_songs_and_avoiding_wins(
    person: Persons,
    fit: Callable[[], None],
    two_tastes: TwoTastes,
    library: Library,
    session: Session,
) -> None:
    fit()
    me = person("listener")
    for song in two_tastes.folk[:3]:
        me.put(f"/api/songs/{song.id}/heart")
    before = [item["song"]["id"] for item in me.get(ROW).json["items"]]
    last = before[4]
    author = {"user_id": me.id, "author_id": me.id}
    care.set_wish(session, **author, kind="song", target_id=last, avoid=False)
    session.commit()
    after = [item["song"]["id"] for item in me.get(ROW).json["items"]]
    assert after.index(last) < before.index(last)
    assert care.wanted_among(session, user_id=me.id, songs=before) == {last}
    genre = library.genre("民谣").id
    care.set_wish(session, **author, kind="genre", target_id=genre, avoid=False)
    folk = {song.id for song in two_tastes.folk}
    assert care.wanted_among(session, user_id=me.id, songs=before) == folk & set(before)
    care.set_wish(session, **author, kind="song", target_id=last, avoid=True)
    session.commit()
    assert last not in [item["song"]["id"] for item in me.get(ROW).json["items"]]
    other = person("stranger")
    assert care.wanted_among(session, user_id=other.id, songs=before) == frozenset()


def test_how_a_blend_adds_up_is_logged_without_saying_for_whom(
    person: Persons, session: Session, store: ArtifactStore, two_tastes: TwoTastes
) -> None:
    parts = {
        name: {"family": name, "weight": weight, "settings": {}}
        for name, weight in (("itemcf", 0.7), ("usercf", 0.3))
    }
    interactions = read_interactions(session, progress=silent)
    until = NOON + timedelta(days=9)
    train("blend", interactions, store, config={"parts": parts}, force=True, data_until=until)
    me = person("listener")
    for song in two_tastes.folk[:3]:
        me.put(f"/api/songs/{song.id}/heart")
    with structlog.testing.capture_logs() as logs:
        row = me.get("/api/recommendations/blend").json
    [told] = [one for one in logs if one["event"] == "row"]
    assert told["weights"] == {"itemcf": 0.7, "usercf": 0.3}
    assert not {"user", "user_id"} & set(told)
    shown = {item["song"]["id"]: item for item in row["items"] if not item["fallback"]}
    assert shown
    for one in told["songs"]:
        assert sum(one["terms"].values()) == pytest.approx(one["score"], abs=1e-4)
        # The part that the card names adds the most of those that have a reason.
        largest = max(one["terms"], key=lambda label: one["terms"][label])
        assert shown[one["song"]]["part"] == largest
