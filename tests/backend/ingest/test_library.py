from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.ingest.batch import Tally
from backend.ingest.records import (
    AlbumRecord,
    ArtistRecord,
    LyricRecord,
    PlaylistRecord,
    SongRecord,
)
from backend.playlists.tables import Playlist, PlaylistSong
from backend.songs.tables import Album, Artist, Lyric, Song
from tests.backend.ingest.conftest import Door


def test_a_thin_record_leaves_what_is_known(session: Session, door: Door) -> None:
    door(ArtistRecord(source="test", source_id="a1", name="闻渡", brief="民谣歌手"))

    counts = door(ArtistRecord(source="test", source_id="a1", name="闻渡"))

    assert counts.kinds == {"artist": Tally(unchanged=1)}
    assert session.scalars(select(Artist.brief)).all() == ["民谣歌手"]


def test_null_says_unknown_and_is_stored(session: Session, door: Door) -> None:
    door(ArtistRecord(source="test", source_id="a1", name="闻渡", brief="民谣歌手"))

    counts = door(ArtistRecord(source="test", source_id="a1", name="闻渡", brief=None))

    assert counts.kinds == {"artist": Tally(updated=1)}
    assert session.scalars(select(Artist.brief)).all() == [None]


def test_an_album_of_an_unknown_artist_is_refused(session: Session, door: Door) -> None:
    counts = door(AlbumRecord(source="test", source_id="r1", title="潮汐簿", artist="a9"))

    assert counts.refusals[0].reason == ("album r1: test has no artist a9; put that record first")
    assert session.scalars(select(Album)).all() == []


def test_the_same_id_of_another_source_is_another_thing(session: Session, door: Door) -> None:
    door(
        ArtistRecord(source="one", source_id="a1", name="闻渡"),
        ArtistRecord(source="two", source_id="a1", name="晏舟"),
    )

    assert sorted(session.scalars(select(Artist.name))) == ["晏舟", "闻渡"]


def test_lyrics_are_replaced_and_need_their_song(
    session: Session, door: Door, known: list[object]
) -> None:
    door(LyricRecord(source="test", source_id="s1", kind="plain", text="旧"))
    counts = door(
        LyricRecord(source="test", source_id="s1", kind="lrc", text="[00:01.00]新"),
        LyricRecord(source="test", source_id="s2", kind="uncollected"),
    )

    assert counts.kinds == {"lyric": Tally(updated=1)}
    assert counts.refusals[0].index == 1
    assert session.execute(select(Lyric.kind, Lyric.text)).all() == [("lrc", "[00:01.00]新")]


def test_a_playlist_keeps_the_songs_that_are_known_in_order(
    session: Session, door: Door, known: list[object]
) -> None:
    wanted = PlaylistRecord(
        source="test", source_id="l", title="夜航", songs=("s2", "s1", "s9"), tags=("夜", "海")
    )
    door(wanted)
    door(SongRecord(source="test", source_id="s2", title="盐湖"))

    assert door(wanted).kinds == {"playlist": Tally(updated=1)}
    assert door(wanted).kinds == {"playlist": Tally(unchanged=1)}
    titles = (
        select(Song.title)
        .join(PlaylistSong, PlaylistSong.song_id == Song.id)
        .order_by(PlaylistSong.position)
    )
    assert session.scalars(titles).all() == ["盐湖", "雾港"]
    assert session.scalars(select(Playlist.tags)).all() == ["夜,海"]
