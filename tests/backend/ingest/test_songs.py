from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from backend.ingest.batch import Tally
from backend.ingest.records import AlbumRecord, ArtistRecord, PlayRecord, SongRecord
from backend.songs.tables import Artist, Genre, Song, SongArtist, SongGenre
from tests.backend.ingest.conftest import Door

FULL = SongRecord(
    source="test",
    source_id="s1",
    title="雾港",
    artists=("a2", "a1"),
    album="r1",
    release_date=date(2020, 1, 1),
    release_precision="year",
    duration_ms=201_000,
    language="粤语",
    genres=("民谣", "R&B"),
    heat=61.5,
    copyright="vip",
    original="original",
    lyricist="晏几",
    mood="平静",
    tempo=83.25,
    cover_palette=3,
    cover_motif=8,
    cover_url="https://covers.example/1.jpg",
    source_url="https://songs.example/1",
)


def test_a_song_is_stored_with_all_it_says_and_a_second_time_changes_nothing(
    session: Session, door: Door
) -> None:
    before = (
        ArtistRecord(source="test", source_id="a1", name="闻渡"),
        ArtistRecord(source="test", source_id="a2", name="晏舟"),
        AlbumRecord(source="test", source_id="r1", title="潮汐簿", artist="a1"),
    )

    # The song stands first: within a batch the order given does not matter.
    assert door(FULL, *before).total == Tally(new=4)
    assert door(FULL, *before).total == Tally(unchanged=4)

    song = session.scalars(select(Song)).one()
    for column in ("title", "release_date", "release_precision", "duration_ms", "language", "heat",
                   "copyright", "original", "lyricist", "mood", "tempo", "cover_palette",
                   "cover_motif", "cover_url", "source_url"):  # fmt: skip
        assert getattr(song, column) == getattr(FULL, column)
    singers = select(Artist.name).join(SongArtist).order_by(SongArtist.position)
    assert session.scalars(singers).all() == ["晏舟", "闻渡"]
    assert set(session.scalars(select(Genre.name).join(SongGenre))) == {"民谣", "R&B"}


def test_changed_singers_and_genres_replace_the_old(session: Session, door: Door) -> None:
    door(
        ArtistRecord(source="test", source_id="a1", name="闻渡"),
        ArtistRecord(source="test", source_id="a2", name="晏舟"),
        SongRecord(
            source="test", source_id="s1", title="雾港", artists=("a1",), genres=("民谣", "摇滚")
        ),
    )

    counts = door(
        SongRecord(source="test", source_id="s1", title="雾港", artists=("a2",), genres=("民谣",))
    )

    assert counts.kinds == {"song": Tally(updated=1)}
    assert session.scalars(select(Artist.name).join(SongArtist)).all() == ["晏舟"]
    assert session.scalars(select(Genre.name).join(SongGenre)).all() == ["民谣"]


def test_a_song_of_an_unknown_artist_is_refused_and_the_rest_is_stored(
    session: Session, door: Door
) -> None:
    counts = door(
        SongRecord(source="test", source_id="s1", title="雾港", artists=("a9",)),
        SongRecord(source="test", source_id="s2", title="盐湖"),
    )

    assert [(r.index, r.reason) for r in counts.refusals] == [
        (0, "song s1: test has no artist a9; put that record first")
    ]
    assert session.scalars(select(Song.title)).all() == ["盐湖"]


def test_a_cover_is_linked_to_its_original_even_in_the_same_batch(
    session: Session, door: Door
) -> None:
    cover = SongRecord(
        source="test", source_id="c", title="雾港", original="cover", original_song="o"
    )
    original = SongRecord(source="test", source_id="o", title="雾港", original="original")

    assert door(cover).refusals[0].reason.endswith("no song o; put that record first")
    door(cover, original)

    assert door(cover).kinds == {"song": Tally(unchanged=1)}
    first = aliased(Song)
    linked = select(Song.source_id, first.source_id).join(first, Song.original_song_id == first.id)
    assert session.execute(linked).all() == [("c", "o")]


def test_a_song_listed_again_is_no_longer_gone(session: Session, door: Door) -> None:
    record = SongRecord(source="test", source_id="s1", title="雾港")
    door(record)
    song = session.scalars(select(Song)).one()
    song.gone_at = song.created_at
    session.flush()

    assert door(record).kinds == {"song": Tally(updated=1)}
    session.refresh(song)
    assert song.gone_at is None


def test_reported_plays_and_plays_stored_here_add_up(
    session: Session, door: Door, known: list[object]
) -> None:
    reported = SongRecord(source="test", source_id="s1", title="雾港", play_count=1_000)
    play = PlayRecord(source="test", source_id="p1", listener="l1", song="s1", count=7)

    door(reported)
    door(play)
    assert door(reported).kinds == {"song": Tally(unchanged=1)}
    door(SongRecord(source="test", source_id="s1", title="雾港"))

    assert session.scalars(select(Song.play_count)).all() == [1_007]
