"""Word clouds over HTTP."""

from io import BytesIO

from PIL import Image

from backend.words.tables import COMMENTS, EVERY_GENRE, LYRICS, SongWord, Word, WordTotal
from tests.backend.conftest import Person
from tests.factories.library import Library


def _word(library: Library, text: str, tone: float = 0.0) -> int:
    word = Word(text=text, tone=tone)
    library.session.add(word)
    library.session.commit()
    return word.id


def test_a_cloud_is_ordered_and_leans(visitor: Person, library: Library) -> None:
    for text, up, mid, down in (("旋律", 5, 1, 0), ("跑调", 0, 0, 3), ("前奏", 1, 1, 1)):
        counts = {"positive": up, "neutral": mid, "negative": down}
        library.session.add(
            WordTotal(
                kind=COMMENTS, genre_id=EVERY_GENRE, word_id=_word(library, text),
                count=up + mid + down, **counts,
            )
        )  # fmt: skip
    library.session.commit()
    items = visitor.get("/api/words/comments?top=2").json["items"]
    assert [(i["word"], i["count"]) for i in items] == [("旋律", 6), ("前奏", 3)]
    assert items[0]["sentiment"] > 0.8
    panned = visitor.get("/api/words/comments?sentiment=negative").json["items"]
    assert [(i["word"], i["count"]) for i in panned] == [("跑调", 3), ("前奏", 1)]


def test_a_word_leads_to_the_songs_that_hold_it(visitor: Person, library: Library) -> None:
    artist, word = library.artist(), _word(library, "明月", 0.4)
    song = library.song("明月", artists=(artist,), genres=("民谣",))
    library.session.add(SongWord(song_id=song.id, kind=LYRICS, word_id=word, count=3))
    library.session.commit()
    assert visitor.get(f"/api/words/lyrics?song={song.id}").json["items"] == [
        {"word": "明月", "count": 3, "sentiment": 0.4}
    ]
    page = visitor.get("/api/words/lyrics/songs?word=明月").json
    assert (page["total"], page["items"][0]["id"]) == (1, song.id)
    for scope, found in (
        (f"artist={artist.id}", 1), ("genre=民谣", 1), ("genre=摇滚", 0), ("artist=999", 0),
    ):  # fmt: skip
        page = visitor.get(f"/api/words/lyrics/songs?word=明月&{scope}").json
        assert (page["total"], len(page["items"])) == (found, found), scope


def test_a_cloud_has_one_scope(visitor: Person) -> None:
    assert visitor.get("/api/words/lyrics?song=1&artist=2").status_code == 422
    assert visitor.get("/api/words/lyrics?sentiment=positive").status_code == 422
    assert visitor.get("/api/words/covers").status_code == 404
    assert visitor.get("/api/words/comments?genre=没有").json["items"] == []


def test_a_cloud_is_drawn_once_and_kept(visitor: Person, library: Library) -> None:
    song = library.song()
    for count, text in enumerate(("明月", "春风", "旧梦"), 1):
        word = _word(library, text, 0.5)
        library.session.add(SongWord(song_id=song.id, kind=LYRICS, word_id=word, count=count))
    library.session.commit()
    path = f"/api/words/lyrics/picture?song={song.id}&shape=record"
    first, second = visitor.get(path), visitor.get(path)
    assert (first.mimetype, first.data == second.data) == ("image/png", True)
    picture = Image.open(BytesIO(first.data))
    assert len(picture.convert("RGB").getcolors(maxcolors=1_000_000) or ()) > 10
    assert visitor.get("/api/words/lyrics/picture?song=999999").status_code == 404
    cover = visitor.get(f"/api/words/lyrics/picture?song={song.id}&shape=cover")
    assert (cover.mimetype, cover.data != first.data) == ("image/png", True)
    assert visitor.get("/api/words/lyrics/picture?shape=cover").status_code == 422
