"""A listener's own lists over HTTP."""

from urllib.parse import quote

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.extensions import limiter, request_session
from backend.playlists import files, own, service
from backend.playlists.files import Track
from backend.playlists.my_schemas import (
    FILE,
    ExportQuery,
    ImportedPlaylist,
    MyPlaylists,
    PlaylistFileIn,
    PlaylistIn,
    PlaylistNameIn,
    RemovedPlaylist,
    SongOrder,
)
from backend.playlists.schemas import PlaylistOut, playlist_fields
from backend.playlists.tables import Playlist
from backend.songs import matching
from backend.songs.cards import load_cards
from backend.uploads import at_most

bp = APIBlueprint("my_playlists", __name__, url_prefix="/api")

UNTITLED = "M3U"
TOLD = 100
ESCAPED = 12
"""Bytes that JSON spends on one character at most."""


@bp.get("/me/playlists")
@bp.doc(operation_id="listMyPlaylists", summary="Own lists, newest first")
@jwt_required()
@bp.output(MyPlaylists)
def list_mine() -> MyPlaylists:
    found = own.mine(request_session(), user_id=identity.user_id())
    counts = service.song_counts(request_session(), [playlist.id for playlist in found])
    return MyPlaylists(items=[_out(one, counts.get(one.id, 0)) for one in found])


@bp.post("/me/playlists")
@bp.doc(operation_id="createPlaylist", summary="Make a list")
@jwt_required()
@bp.input(PlaylistIn)
@bp.output(PlaylistOut, status_code=201)
def create(json_data: PlaylistIn) -> PlaylistOut:
    row = own.create(request_session(), user_id=identity.user_id(), **json_data.model_dump())
    return _counted(row)


@bp.put("/me/playlists/<int:playlist_id>")
@bp.doc(operation_id="renamePlaylist", summary="Give a list another name")
@jwt_required()
@bp.input(PlaylistNameIn)
@bp.output(PlaylistOut)
def rename(playlist_id: int, json_data: PlaylistNameIn) -> PlaylistOut:
    row = own.rename(
        request_session(),
        user_id=identity.user_id(),
        playlist_id=playlist_id,
        **json_data.model_dump(),
    )
    return _counted(row)


@bp.delete("/me/playlists/<int:playlist_id>")
@bp.doc(operation_id="removePlaylist", summary="Remove a list; the answer can bring it back")
@jwt_required()
@bp.output(RemovedPlaylist)
def remove(playlist_id: int) -> RemovedPlaylist:
    was = own.remove(request_session(), user_id=identity.user_id(), playlist_id=playlist_id)
    return RemovedPlaylist(**vars(was))


@bp.put("/me/playlists/<int:playlist_id>/songs/<int:song_id>")
@bp.doc(operation_id="addToPlaylist", summary="Put a song at the end of a list")
@jwt_required()
@bp.output({}, status_code=204)
def add_song(playlist_id: int, song_id: int) -> str:
    own.add_song(
        request_session(), user_id=identity.user_id(), playlist_id=playlist_id, song_id=song_id
    )
    return ""


@bp.delete("/me/playlists/<int:playlist_id>/songs/<int:song_id>")
@bp.doc(operation_id="removeFromPlaylist", summary="Take a song out of a list")
@jwt_required()
@bp.output({}, status_code=204)
def remove_song(playlist_id: int, song_id: int) -> str:
    own.remove_song(
        request_session(), user_id=identity.user_id(), playlist_id=playlist_id, song_id=song_id
    )
    return ""


@bp.put("/me/playlists/<int:playlist_id>/order")
@bp.doc(operation_id="orderPlaylist", summary="Put the songs of a list in order")
@jwt_required()
@bp.input(SongOrder)
@bp.output({}, status_code=204)
def reorder(playlist_id: int, json_data: SongOrder) -> str:
    own.reorder(
        request_session(),
        user_id=identity.user_id(),
        playlist_id=playlist_id,
        song_ids=json_data.song_ids,
    )
    return ""


@bp.post("/me/playlists/import")
@bp.doc(operation_id="importPlaylist", summary="Make a list from a JSPF or M3U file")
@limiter.limit("20/minute")
@jwt_required()
@at_most(FILE * ESCAPED)
@bp.input(PlaylistFileIn)
@bp.output(ImportedPlaylist, status_code=201)
def import_(json_data: PlaylistFileIn) -> ImportedPlaylist:
    session = request_session()
    file = files.parse(json_data.text)
    found = matching.find(session, [(track.title, track.artists) for track in file.tracks])
    missing = [
        " - ".join((*track.artists[:1], track.title))
        for track, song_id in zip(file.tracks, found, strict=True)
        if song_id is None
    ]
    title = json_data.title or file.title or UNTITLED
    ids = [song_id for song_id in found if song_id is not None]
    row = own.create(session, user_id=identity.user_id(), title=title[:100], song_ids=ids)
    return ImportedPlaylist(
        playlist=_counted(row),
        matched=len(ids),
        missing=missing[:TOLD],
        missing_count=len(missing),
    )


@bp.get("/playlists/<int:playlist_id>/export")
@bp.doc(operation_id="exportPlaylist", summary="A list as a JSPF or M3U file")
@jwt_required(optional=True)
@bp.input(ExportQuery, location="query")
@bp.output(FileSchema(type="string", format="binary"), content_type="application/octet-stream")
def export(playlist_id: int, query_data: ExportQuery) -> Response:
    session = request_session()
    row = service.get(session, playlist_id=playlist_id, user_id=identity.optional_user_id())
    ids = service.song_ids(session, playlist_id=playlist_id, offset=0, limit=own.MOST_SONGS)
    address = current_app.config["SETTINGS"].address
    tracks = [
        Track(
            card.song.title,
            tuple(name for _, name in card.artists),
            card.song.album_title,
            card.song.audio_seconds,
            f"{address}/api/songs/{card.song.id}/audio"
            if card.song.audio_seconds is not None
            else f"{address}/songs/{card.song.id}",
        )
        for card in load_cards(session, ids)
    ]
    if query_data.format == "jspf":
        text, suffix = files.to_jspf(row.title, row.description, tracks), "jspf"
    else:
        text, suffix = files.to_m3u(row.title, tracks), "m3u8"
    response = Response(text, mimetype="application/octet-stream")
    name = quote(f"{row.title}.{suffix}", safe="")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _out(playlist: Playlist, count: int) -> PlaylistOut:
    return PlaylistOut.model_validate(playlist_fields(playlist, count))


def _counted(row: Playlist) -> PlaylistOut:
    return _out(row, service.song_counts(request_session(), [row.id]).get(row.id, 0))
