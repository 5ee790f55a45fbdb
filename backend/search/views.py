"""Search over HTTP."""

from apiflask import APIBlueprint
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.extensions import limiter, request_session
from backend.search import service
from backend.search.schemas import (
    AlbumHit,
    ArtistHit,
    LyricHit,
    SearchOut,
    SearchQuery,
    SongHit,
    match_out,
)
from backend.songs.artist_schemas import album_out, artist_out
from backend.songs.schemas import songs_out
from backend.songs.service import artist_names

bp = APIBlueprint("search", __name__, url_prefix="/api")


@bp.get("/search")
@bp.doc(operation_id="search", summary="Songs, artists, albums and lyric lines by what was typed")
@limiter.limit("600/minute")
@jwt_required(optional=True)
@bp.input(SearchQuery, location="query")
@bp.output(SearchOut)
def search(query_data: SearchQuery) -> SearchOut:
    session = request_session()
    found = service.search(session, q=query_data.q, limit=query_data.limit)
    cards = [hit.thing for hit in found.songs] + [hit.thing[0] for hit in found.lyrics]
    songs = songs_out(session, cards, user_id=identity.optional_user_id())
    sung = songs[len(found.songs) :]
    singers = artist_names(session, [hit.thing.artist_id or 0 for hit in found.albums])
    return SearchOut(
        songs=[
            SongHit(song=song, match=match_out(hit))
            for song, hit in zip(songs, found.songs, strict=False)
        ],
        artists=[
            ArtistHit(artist=artist_out(hit.thing), match=match_out(hit)) for hit in found.artists
        ],
        albums=[
            AlbumHit(
                album=album_out(hit.thing, singers.get(hit.thing.artist_id or 0)),
                match=match_out(hit),
            )
            for hit in found.albums
        ],
        lyrics=[
            LyricHit(song=song, line=hit.text, ms=hit.thing[1].ms, match=match_out(hit))
            for song, hit in zip(sung, found.lyrics, strict=True)
        ],
        suggestion=found.suggestion,
    )
