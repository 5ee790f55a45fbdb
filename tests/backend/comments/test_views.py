"""Comments as a browser sees them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from apiflask import APIFlask

from backend.accounts.tables import User
from backend.comments.scores import Judge
from backend.comments.service import corrections_for_training
from backend.words.counting import count_comments
from tests.backend.conftest import Person
from tests.factories.library import Library

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Make = Callable[[str], Person]


def test_a_comment_is_scored_when_it_is_written(
    scored_app: APIFlask, person: Make, library: Library
) -> None:
    song = library.song()
    writer, reader = person("写评论的人"), person("另一个人")
    made = writer.post(f"/api/songs/{song.id}/comments", {"text": "没有不好听，单曲循环了一整天"})
    assert made.status_code == 201, made.text
    assert made.json["sentiment"]["label"] == "positive"
    assert "单曲循环" in {word["text"][:4] for word in made.json["sentiment"]["words"]}
    assert (made.json["author"], made.json["mine"]) == ("写评论的人", True)
    seen = reader.get(f"/api/songs/{song.id}/comments").json
    assert (seen["total"], seen["positive"], seen["negative"]) == (1, 1, 0)
    assert (seen["items"][0]["mine"], seen["items"][0]["source"]) == (False, "huisheng")
    assert reader.get(f"/api/songs/{song.id}").json["praise"] == 1.0
    comment = f"/api/comments/{made.json['id']}"
    assert reader.delete(comment).status_code == 403
    assert writer.delete(comment).status_code == 204
    assert writer.delete(comment).status_code == 404
    after = reader.get(f"/api/songs/{song.id}/comments").json
    assert (after["total"], after["positive"], after["items"]) == (0, 0, [])


def test_without_a_scorer_no_number_is_made_up(person: Make, library: Library) -> None:
    song = library.song()
    made = person("写评论的人").post(f"/api/songs/{song.id}/comments", {"text": "好听"})
    assert made.json["sentiment"] is None


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "\x00\x07", "好" * 1001])
def test_what_shows_nothing_or_too_much_is_refused(
    person: Make, library: Library, text: str
) -> None:
    song = library.song()
    answer = person("写评论的人").post(f"/api/songs/{song.id}/comments", {"text": text})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "text"


def test_markup_comes_back_as_it_was_typed(person: Make, library: Library) -> None:
    song = library.song()
    text = "<img src=x onerror=alert(1)> 好听"
    made = person("写评论的人").post(f"/api/songs/{song.id}/comments", {"text": text})
    assert made.json["text"] == text


def test_a_like_counts_once_and_can_be_taken_back(person: Make, library: Library) -> None:
    comment = library.comment(library.song(), likes=7)
    one, other = person("第一个人"), person("第二个人")
    path = f"/api/comments/{comment.id}/like"
    assert [one.put(path).json["likes"], one.put(path).json["likes"]] == [8, 8]
    assert other.put(path).json == {"liked": True, "likes": 9}
    assert [one.delete(path).json["likes"], one.delete(path).json["likes"]] == [8, 8]
    listed = other.get(f"/api/songs/{comment.song_id}/comments").json["items"]
    assert [item["liked"] for item in listed] == [True]


@pytest.mark.parametrize("sort", ["heat", "time"])
def test_pages_hold_every_comment_once_and_in_order(
    visitor: Person, library: Library, sort: str
) -> None:
    song = library.song()
    for i in range(7):
        when = None if i == 3 else NOON + timedelta(hours=i // 2)
        library.comment(song, f"第{i}条", likes=i // 3, created_at=when)
    seen, after = [], ""
    while True:
        answer = visitor.get(f"/api/songs/{song.id}/comments?sort={sort}&limit=3{after}").json
        seen += [item["text"] for item in answer["items"]]
        if answer["after"] is None:
            break
        after = f"&after={answer['after'].replace('+', '%2B')}"
    expected = {
        "heat": ["第6条", "第5条", "第4条", "第3条", "第2条", "第1条", "第0条"],
        "time": ["第6条", "第5条", "第4条", "第2条", "第1条", "第0条", "第3条"],
    }
    assert seen == expected[sort]


def test_a_key_from_elsewhere_is_refused(visitor: Person, library: Library) -> None:
    song = library.song()
    answer = visitor.get(f"/api/songs/{song.id}/comments?sort=time&after=12~3")
    assert answer.status_code in (200, 422)
    assert visitor.get(f"/api/songs/{song.id}/comments?after=x").status_code == 422


def test_a_page_costs_a_constant_number_of_queries(
    visitor: Person, library: Library, count_queries: Callable[[], int]
) -> None:
    song = library.song()
    for i in range(30):
        library.comment(song, f"第{i}条")
    path, costs = f"/api/songs/{song.id}/comments", []
    for limit in (1, 30):
        count_queries()
        visitor.get(f"{path}?limit={limit}")
        costs.append(count_queries())
    assert costs[0] == costs[1]


def test_a_tab_holds_its_label_alone(visitor: Person, library: Library) -> None:
    song = library.song()
    for label in (1, 1, 0, -1):
        library.comment(song, probability=0.5, label=label, words=[["好听", 1.0]], scored_by="v1")
    listed = visitor.get(f"/api/songs/{song.id}/comments?label=positive").json["items"]
    assert [item["sentiment"]["label"] for item in listed] == ["positive", "positive"]


def test_a_correction_is_listed_for_admins_and_learned_from(person: Make, library: Library) -> None:
    comment = library.comment(
        library.song(), "神曲，听吐了", probability=0.9, label=1, words=[], scored_by="v1"
    )
    path = f"/api/comments/{comment.id}/correction"
    reader, admin = person("纠正的人"), person("管理的人")
    assert reader.put(path, {"label": "positive"}).status_code == 204
    assert reader.put(path, {"label": "negative"}).status_code == 204
    assert reader.get("/api/admin/corrections").status_code == 403
    user = library.session.get(User, admin.id)
    assert user is not None
    user.role = "admin"
    library.session.commit()
    listed = admin.get("/api/admin/corrections").json
    assert listed["total"] == 1
    assert (listed["items"][0]["label"], listed["items"][0]["right"]) == ("positive", "negative")
    assert corrections_for_training(library.session) == [(0, "神曲，听吐了")]


def test_a_reported_comment_is_removed_or_left_standing(
    person: Make, library: Library, count_queries: Callable[[], int]
) -> None:
    song = library.song("远行", negative_count=1)
    bad = library.comment(song, "骂人的话", probability=0.1, label=-1, words=[], scored_by="v1")
    good = library.comment(song, "好听")
    one, other, admin = person("第一个人"), person("第二个人"), person("管理的人")
    for who, comment, reason in (
        (one, bad, "spam"), (one, bad, "abuse"), (other, bad, "abuse"), (other, good, "other"),
    ):  # fmt: skip
        path = f"/api/comments/{comment.id}/report"
        assert who.put(path, {"reason": reason}).status_code == 204
    user = library.session.get(User, admin.id)
    assert user is not None
    user.role = "admin"
    library.session.commit()

    costs = []
    for size in (1, 20):
        count_queries()
        listed = admin.get(f"/api/admin/reports?per_page={size}").json
        costs.append(count_queries())
    assert costs[0] == costs[1]
    assert listed["total"] == 2
    first = listed["items"][0]
    assert (first["comment"]["text"], first["song_title"]) == ("骂人的话", "远行")
    assert first["reasons"] == [{"reason": "abuse", "count": 2}]

    assert admin.delete(f"/api/admin/comments/{good.id}/reports").status_code == 204
    assert admin.delete(f"/api/admin/comments/{bad.id}").status_code == 204
    assert admin.delete(f"/api/admin/comments/{bad.id}").status_code == 404
    assert admin.delete(f"/api/admin/comments/{bad.id}/reports").status_code == 404
    assert admin.get("/api/admin/reports").json["items"] == []
    left = one.get(f"/api/songs/{song.id}/comments").json
    assert [item["text"] for item in left["items"]] == ["好听"]
    assert (left["total"], left["negative"]) == (1, 0)


def test_what_is_not_scored_cannot_be_wrong(person: Make, library: Library) -> None:
    comment = library.comment(library.song())
    reader = person("纠正的人")
    assert (
        reader.put(f"/api/comments/{comment.id}/correction", {"label": "neutral"}).status_code
        == 409
    )
    assert reader.put(f"/api/comments/{comment.id}/report", {"reason": "spam"}).status_code == 204
    assert reader.put("/api/comments/999999/like").status_code == 404


def test_a_songs_sentiment_adds_up(visitor: Person, library: Library) -> None:
    song = library.song(positive_count=2, neutral_count=1, negative_count=1)
    for probability, label, month in ((0.95, 1, 1), (0.61, 1, 2), (0.5, 0, 2), (0.0, -1, 2)):
        at = datetime(2026, month, 5, tzinfo=UTC)
        library.comment(
            song, probability=probability, label=label, created_at=at, day=at.date(), scored_by="v"
        )
    found = visitor.get(f"/api/songs/{song.id}/sentiment").json
    assert found["histogram"] == [1, 0, 0, 0, 0, 1, 1, 0, 0, 1]
    assert found["months"] == [
        {"month": "2026-01", "positive": 1, "neutral": 0, "negative": 0},
        {"month": "2026-02", "positive": 1, "neutral": 1, "negative": 1},
    ]
    assert found["praise"] == pytest.approx(2 / 3, abs=1e-4)
    assert visitor.get("/api/songs/999999/sentiment").status_code == 404


def test_a_word_of_a_cloud_leads_to_the_comments_that_hold_it(
    visitor: Person, library: Library, judge: Judge
) -> None:
    artist = library.artist("甲")
    inside = library.song(artists=(artist,), genres=("民谣",))
    outside = library.song()
    texts = ("旋律好听", "旋律难听", "前奏好听")
    made = [
        library.comment(
            song, text, likes=place, label=1 if "好" in text else -1,
            probability=0.9 if "好" in text else 0.1, words=[], scored_by=judge.version,
        )
        for place, (song, text) in enumerate((s, t) for s in (inside, outside) for t in texts)
    ]  # fmt: skip
    count_comments(library.session, [(c.id, c.text) for c in made], judge.scorer)
    library.session.commit()

    def texts_of(query: str) -> list[tuple[int, str]]:
        items = visitor.get(f"/api/comments?word=旋律{query}").json["items"]
        return [(item["song_id"], item["text"]) for item in items]

    assert len(texts_of("")) == 4
    assert texts_of("")[0] == (outside.id, "旋律难听")
    mine = [(inside.id, "旋律难听"), (inside.id, "旋律好听")]
    assert texts_of(f"&artist={artist.id}") == texts_of("&genre=民谣") == mine
    assert texts_of(f"&artist={artist.id}&label=positive") == mine[1:]
    page = visitor.get("/api/comments?word=旋律&limit=3").json
    rest = visitor.get(f"/api/comments?word=旋律&limit=3&after={page['after']}").json
    assert (len(page["items"]), len(rest["items"]), rest["after"]) == (3, 1, None)
    assert visitor.get("/api/comments?word=不存在").json == {"items": [], "after": None}
    assert visitor.get("/api/comments").status_code == 422


def test_a_worrying_comment_is_posted_and_its_writer_alone_is_told(
    person: Make, library: Library
) -> None:
    song = library.song()
    writer = person("写评论的人")
    made = writer.post(f"/api/songs/{song.id}/comments", {"text": "听完这首歌，我不想活了"})
    assert (made.status_code, made.json["crisis"]) == (201, True)
    seen = writer.get(f"/api/songs/{song.id}/comments").json["items"][0]
    assert "crisis" not in seen
    calm = writer.post(f"/api/songs/{song.id}/comments", {"text": "笑死我了"})
    assert calm.json["crisis"] is False
