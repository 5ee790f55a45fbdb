"""The library over HTTP."""

from apiflask import APIBlueprint
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.care.newest import newest_for
from backend.extensions import request_session
from backend.songs import cards, lists, lrc, service
from backend.songs.artist_schemas import (
    AlbumDetailOut,
    ArtistDetailOut,
    ArtistPage,
    ArtistQuery,
    album_detail_out,
    artist_detail_out,
    artist_out,
)
from backend.songs.lists import SongFilter
from backend.songs.schemas import (
    CarouselOut,
    ChosenOut,
    ChosenQuery,
    LyricsOut,
    NameCount,
    NameCounts,
    NewestOut,
    Slide,
    SongDetailOut,
    SongPage,
    SongQuery,
    SongRef,
    YearCount,
    YearCounts,
    lines_out,
    song_detail_out,
    songs_out,
)

bp = APIBlueprint("songs", __name__, url_prefix="/api")

SLIDES = 5
NEWEST = 4
SLIDE_LINES = 2


@bp.get("/songs")
@bp.doc(operation_id="listSongs", summary="The library, paged, filtered and sorted")
@jwt_required(optional=True)
@bp.input(SongQuery, location="query")
@bp.output(SongPage)
def list_songs(query_data: SongQuery) -> SongPage:
    by = SongFilter(**query_data.model_dump(exclude={"sort", "page", "per_page"}))
    found, total = lists.list_songs(
        request_session(),
        by=by,
        sort=query_data.sort,
        offset=query_data.offset,
        limit=query_data.per_page,
    )
    items = songs_out(request_session(), found, user_id=identity.optional_user_id())
    return SongPage(items=items, page=query_data.page, per_page=query_data.per_page, total=total)


@bp.get("/songs/chosen")
@bp.doc(operation_id="listChosenSongs", summary="Songs by their ids")
@jwt_required(optional=True)
@bp.input(ChosenQuery, location="query")
@bp.output(ChosenOut)
def list_chosen(query_data: ChosenQuery) -> ChosenOut:
    session = request_session()
    found = cards.load_cards(session, list(dict.fromkeys(query_data.ids)))
    return ChosenOut(items=songs_out(session, found, user_id=identity.optional_user_id()))


@bp.get("/songs/<int:song_id>")
@bp.doc(operation_id="getSong", summary="One song with where it came from")
@jwt_required(optional=True)
@bp.output(SongDetailOut)
def get_song(song_id: int) -> SongDetailOut:
    session = request_session()
    card = cards.get_card(session, song_id=song_id)
    [song] = songs_out(session, [card], user_id=identity.optional_user_id())
    original_id = card.song.original_song_id
    title = cards.titles(session, [original_id]).get(original_id) if original_id else None
    original = None if title is None else SongRef(id=original_id, title=title)
    details = cards.get_details(session, song_id=song_id)
    return song_detail_out(card, song.mine, details, original)


@bp.get("/songs/<int:song_id>/lyrics")
@bp.doc(operation_id="getLyrics", summary="The lyrics, line by line")
@bp.output(LyricsOut)
def get_lyrics(song_id: int) -> LyricsOut:
    lyric = service.get_lyric(request_session(), song_id=song_id)
    if lyric is None:
        return LyricsOut(song_id=song_id, kind="uncollected", lines=[], source=None)
    lines = lines_out(lrc.parse(lyric.kind, lyric.text, lyric.translation))
    return LyricsOut.model_validate(
        {"song_id": song_id, "kind": lyric.kind, "lines": lines, "source": lyric.source}
    )


@bp.get("/home/carousel")
@bp.doc(operation_id="getCarousel", summary="The newest songs with two lyric lines each")
@jwt_required(optional=True)
@bp.output(CarouselOut)
def get_carousel() -> CarouselOut:
    session = request_session()
    user_id = identity.optional_user_id()
    newest = cards.load_cards(session, newest_for(session, user_id=user_id, limit=SLIDES))
    lyrics = service.get_lyrics(session, [card.song.id for card in newest])
    slides = []
    for song in songs_out(session, newest, user_id=user_id):
        lyric = lyrics.get(song.id)
        lines = lrc.parse(lyric.kind, lyric.text) if lyric else []
        slides.append(Slide(song=song, lyric_lines=[line.text for line in lines[:SLIDE_LINES]]))
    return CarouselOut(items=slides)


@bp.get("/home/newest")
@bp.doc(operation_id="getNewest", summary="The newest songs, none that the caller avoids")
@jwt_required(optional=True)
@bp.output(NewestOut)
def get_newest() -> NewestOut:
    session, user_id = request_session(), identity.optional_user_id()
    newest = cards.load_cards(session, newest_for(session, user_id=user_id, limit=NEWEST))
    return NewestOut(items=songs_out(session, newest, user_id=user_id))


@bp.get("/genres")
@bp.doc(operation_id="listGenres", summary="Genres in use, most songs first")
@bp.output(NameCounts)
def list_genres() -> NameCounts:
    genres = service.list_genres(request_session())
    return NameCounts(items=[NameCount(name=name, count=count) for _, name, count in genres])


@bp.get("/languages")
@bp.doc(operation_id="listLanguages", summary="Languages in use, most songs first")
@bp.output(NameCounts)
def list_languages() -> NameCounts:
    languages = service.list_languages(request_session())
    return NameCounts(items=[NameCount(name=name, count=count) for name, count in languages])


@bp.get("/years")
@bp.doc(operation_id="listYears", summary="Release years, newest first")
@bp.output(YearCounts)
def list_years() -> YearCounts:
    years = service.list_years(request_session())
    return YearCounts(items=[YearCount(year=year, count=count) for year, count in years])


@bp.get("/artists")
@bp.doc(operation_id="listArtists", summary="Artists with songs, hottest first")
@bp.input(ArtistQuery, location="query")
@bp.output(ArtistPage)
def list_artists(query_data: ArtistQuery) -> ArtistPage:
    artists, total = service.list_artists(
        request_session(), q=query_data.q, offset=query_data.offset, limit=query_data.per_page
    )
    items = [artist_out(artist) for artist in artists]
    return ArtistPage(items=items, page=query_data.page, per_page=query_data.per_page, total=total)


@bp.get("/artists/<int:artist_id>")
@bp.doc(operation_id="getArtist", summary="One artist with the newest albums")
@bp.output(ArtistDetailOut)
def get_artist(artist_id: int) -> ArtistDetailOut:
    return artist_detail_out(*service.get_artist(request_session(), artist_id=artist_id))


@bp.get("/albums/<int:album_id>")
@bp.doc(operation_id="getAlbum", summary="One album")
@bp.output(AlbumDetailOut)
def get_album(album_id: int) -> AlbumDetailOut:
    return album_detail_out(*service.get_album(request_session(), album_id=album_id))
