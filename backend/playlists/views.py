"""Playlists over HTTP."""

from apiflask import APIBlueprint
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.extensions import request_session
from backend.playlists import service
from backend.playlists.schemas import (
    PlaylistDetailOut,
    PlaylistOut,
    PlaylistPage,
    playlist_fields,
)
from backend.songs.cards import load_cards
from backend.songs.schemas import SongPage, songs_out
from backend.wire import PageQuery

bp = APIBlueprint("playlists", __name__, url_prefix="/api/playlists")


@bp.get("")
@bp.doc(operation_id="listPlaylists", summary="Playlists, most played first")
@bp.input(PageQuery, location="query")
@bp.output(PlaylistPage)
def list_playlists(query_data: PageQuery) -> PlaylistPage:
    session = request_session()
    found, total = service.list_playlists(
        session, offset=query_data.offset, limit=query_data.per_page
    )
    counts = service.song_counts(session, [playlist.id for playlist in found])
    items = [
        PlaylistOut.model_validate(playlist_fields(playlist, counts.get(playlist.id, 0)))
        for playlist in found
    ]
    return PlaylistPage(
        items=items, page=query_data.page, per_page=query_data.per_page, total=total
    )


@bp.get("/<int:playlist_id>")
@bp.doc(operation_id="getPlaylist", summary="A playlist with one page of its songs")
@jwt_required(optional=True)
@bp.input(PageQuery, location="query")
@bp.output(PlaylistDetailOut)
def get_playlist(playlist_id: int, query_data: PageQuery) -> PlaylistDetailOut:
    session = request_session()
    user_id = identity.optional_user_id()
    playlist = service.get(session, playlist_id=playlist_id, user_id=user_id)
    total = service.song_counts(session, [playlist_id]).get(playlist_id, 0)
    ids = service.song_ids(
        session, playlist_id=playlist_id, offset=query_data.offset, limit=query_data.per_page
    )
    items = songs_out(session, load_cards(session, ids), user_id=user_id)
    songs = SongPage(items=items, page=query_data.page, per_page=query_data.per_page, total=total)
    return PlaylistDetailOut.model_validate(
        {
            **playlist_fields(playlist, total),
            "description": playlist.description,
            "subscriber_count": playlist.subscriber_count,
            "source_created_at": playlist.source_created_at,
            "gone_at": playlist.gone_at,
            "mine": playlist.user_id is not None,
            "songs": songs,
        }
    )
