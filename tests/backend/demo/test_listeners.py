import hashlib

from backend.demo.catalogue import Catalogue
from backend.demo.listeners import Simulation, Size, simulate
from backend.ingest.records import CommentRecord, ListenerRecord, RatingRecord
from tests.backend.demo.conftest import SMALL, UNTIL


def digest(simulation: Simulation) -> str:
    whole = hashlib.sha256()
    for record in simulation.records():
        whole.update(record.model_dump_json().encode())
    return whole.hexdigest()


def test_same_seed_same_bytes(catalogue: Catalogue, simulation: Simulation) -> None:
    assert digest(simulate(catalogue, SMALL, seed=3, until=UNTIL)) == digest(simulation)
    assert digest(simulate(catalogue, SMALL, seed=4, until=UNTIL)) != digest(simulation)


def test_every_record_is_marked_as_demo(simulation: Simulation) -> None:
    records = list(simulation.records())

    assert len(records) == len(simulation)
    assert {record.source for record in records} == {"demo"}
    assert len({(record.record, record.source_id) for record in records}) == len(records)


def test_comments_have_a_tone_that_follows_the_feeling(simulation: Simulation) -> None:
    comments = [r for r in simulation.records() if isinstance(r, CommentRecord)]
    warm = sum(mark == 0 for *_, mark in simulation.comments.rows())

    assert len({comment.text for comment in comments}) > 0.97 * len(comments)
    assert 0.5 < warm / len(comments) < 0.9
    likes = sorted((comment.likes for comment in comments), reverse=True)
    assert likes[0] > 50 * (1 + likes[len(likes) // 2])


def test_ratings_never_exceed_what_listeners_know(catalogue: Catalogue) -> None:
    size = Size(listeners=3, plays=30, ratings=10_000, comments=5)

    few = simulate(catalogue, size, seed=1, until=UNTIL)

    ratings = [record for record in few.records() if isinstance(record, RatingRecord)]
    assert 0 < len(ratings) < 200
    assert sum(isinstance(record, ListenerRecord) for record in few.records()) == 3
