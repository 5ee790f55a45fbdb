"""Word clouds over HTTP."""

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.extensions import limiter, request_session
from backend.songs.cards import load_cards
from backend.songs.schemas import SongPage, songs_out
from backend.words import service
from backend.words.pictures import picture
from backend.words.schemas import HoldersQuery, PictureQuery, WordOut, WordsOut, WordsQuery
from backend.words.service import Kind, Scope

bp = APIBlueprint("words", __name__, url_prefix="/api/words")


@bp.get("/<any(lyrics, comments):kind>")
@bp.doc(operation_id="listWords", summary="The most frequent words of lyrics or comments")
@bp.input(WordsQuery, location="query")
@bp.output(WordsOut)
def list_words(kind: Kind, query_data: WordsQuery) -> WordsOut:
    found = service.cloud(request_session(), kind=kind, scope=query_data.scope, top=query_data.top)
    return WordsOut(items=[WordOut(**vars(counted)) for counted in found])


@bp.get("/<any(lyrics, comments):kind>/picture")
@bp.doc(operation_id="getWordPicture", summary="The same words as a PNG")
@limiter.limit("20/minute")
@bp.input(PictureQuery, location="query")
@bp.output(FileSchema(type="string", format="binary"), content_type="image/png")
def get_picture(kind: Kind, query_data: PictureQuery) -> Response:
    found = service.cloud(request_session(), kind=kind, scope=query_data.scope, top=query_data.top)
    shape: str = query_data.shape
    if shape == "cover":
        shape = service.motif_of(request_session(), song=query_data.song)
    png = picture(current_app.config["SETTINGS"].data_dir, found, shape)
    return Response(png, mimetype="image/png")


@bp.get("/lyrics/songs")
@bp.doc(operation_id="listSongsWithWord", summary="Songs whose lyrics hold a word")
@jwt_required(optional=True)
@bp.input(HoldersQuery, location="query")
@bp.output(SongPage)
def list_songs(query_data: HoldersQuery) -> SongPage:
    session = request_session()
    ids, total = service.songs_with(
        session,
        word=query_data.word,
        scope=Scope(artist=query_data.artist, genre=query_data.genre),
        offset=query_data.offset,
        limit=query_data.per_page,
    )
    items = songs_out(session, load_cards(session, ids), user_id=identity.optional_user_id())
    return SongPage(items=items, page=query_data.page, per_page=query_data.per_page, total=total)
