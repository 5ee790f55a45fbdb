"""Comments over HTTP."""

from apiflask import APIBlueprint
from flask import current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.comments import lists, service
from backend.comments.schemas import (
    CommentIn,
    CommentsOut,
    CommentsQuery,
    CorrectionIn,
    HoldersOut,
    HoldersQuery,
    LikesOut,
    MonthOut,
    PostedOut,
    ReportIn,
    SongSentimentOut,
    comment_out,
    comments_out,
)
from backend.comments.scores import NUMBERS
from backend.extensions import limiter, request_session
from backend.sentiment import judge
from backend.songs.schemas import praise
from models.mood.crisis import is_crisis

bp = APIBlueprint("comments", __name__, url_prefix="/api")


@bp.get("/songs/<int:song_id>/comments")
@bp.doc(operation_id="listComments", summary="A song's comments, by heat or time")
@jwt_required(optional=True)
@bp.input(CommentsQuery, location="query")
@bp.output(CommentsOut)
def list_comments(song_id: int, query_data: CommentsQuery) -> CommentsOut:
    session, user_id = request_session(), identity.optional_user_id()
    tones = lists.tones(session, song_id=song_id)
    listed = lists.list_comments(
        session,
        song_id=song_id,
        label=None if query_data.label is None else NUMBERS[query_data.label],
        word=query_data.word,
        sort=query_data.sort,
        after=query_data.after,
        limit=query_data.limit,
        user_id=user_id,
    )
    return CommentsOut(
        items=list(comments_out(listed, user_id=user_id)), after=listed.after, **vars(tones)
    )


@bp.get("/comments")
@bp.doc(operation_id="listCommentsWithWord", summary="Comments of any song that hold a word")
@jwt_required(optional=True)
@bp.input(HoldersQuery, location="query")
@bp.output(HoldersOut)
def list_holders(query_data: HoldersQuery) -> HoldersOut:
    user_id = identity.optional_user_id()
    listed = lists.list_comments(
        request_session(),
        song_id=None,
        label=None if query_data.label is None else NUMBERS[query_data.label],
        word=query_data.word,
        sort=query_data.sort,
        after=query_data.after,
        limit=query_data.limit,
        user_id=user_id,
        artist=query_data.artist,
        genre=query_data.genre,
    )
    return HoldersOut(items=list(comments_out(listed, user_id=user_id)), after=listed.after)


@bp.post("/songs/<int:song_id>/comments")
@bp.doc(operation_id="postComment", summary="Write a comment; it is scored at once")
@jwt_required()
@limiter.limit("30/minute")
@bp.input(CommentIn)
@bp.output(PostedOut, status_code=201)
def post(song_id: int, json_data: CommentIn) -> PostedOut:
    comment = service.post(
        request_session(),
        judge.judge(),
        user_id=identity.user_id(),
        song_id=song_id,
        text=json_data.text,
        zone=current_app.config["SETTINGS"].zone,
    )
    row = lists.one(request_session(), comment_id=comment.id)
    posted = comment_out(row, user_id=identity.user_id(), liked=False)
    return PostedOut(**posted.model_dump(), crisis=is_crisis(comment.text))


@bp.get("/songs/<int:song_id>/sentiment")
@bp.doc(operation_id="getSongSentiment", summary="How a song's comments lean")
@bp.output(SongSentimentOut)
def get_song_sentiment(song_id: int) -> SongSentimentOut:
    session = request_session()
    tones = lists.tones(session, song_id=song_id)
    return SongSentimentOut(
        song_id=song_id,
        **vars(tones),
        praise=praise(tones.positive, tones.negative),
        histogram=lists.histogram(session, song_id=song_id),
        months=[
            MonthOut(month=month, positive=up, neutral=mid, negative=down)
            for month, up, mid, down in lists.trend(session, song_id=song_id)
        ],
    )


@bp.delete("/comments/<int:comment_id>")
@bp.doc(operation_id="deleteComment", summary="Delete my own comment")
@jwt_required()
@bp.output({}, status_code=204)
def delete(comment_id: int) -> str:
    service.delete_own(request_session(), user_id=identity.user_id(), comment_id=comment_id)
    return ""


@bp.put("/comments/<int:comment_id>/like")
@bp.doc(operation_id="likeComment", summary="Like a comment")
@jwt_required()
@bp.output(LikesOut)
def like(comment_id: int) -> LikesOut:
    likes = service.set_like(
        request_session(), user_id=identity.user_id(), comment_id=comment_id, on=True
    )
    return LikesOut(liked=True, likes=likes)


@bp.delete("/comments/<int:comment_id>/like")
@bp.doc(operation_id="unlikeComment", summary="Take my like back")
@jwt_required()
@bp.output(LikesOut)
def unlike(comment_id: int) -> LikesOut:
    likes = service.set_like(
        request_session(), user_id=identity.user_id(), comment_id=comment_id, on=False
    )
    return LikesOut(liked=False, likes=likes)


@bp.put("/comments/<int:comment_id>/report")
@bp.doc(operation_id="reportComment", summary="Ask for a comment to be looked at")
@jwt_required()
@bp.input(ReportIn)
@bp.output({}, status_code=204)
def report(comment_id: int, json_data: ReportIn) -> str:
    service.report(
        request_session(),
        user_id=identity.user_id(),
        comment_id=comment_id,
        reason=json_data.reason,
    )
    return ""


@bp.put("/comments/<int:comment_id>/correction")
@bp.doc(operation_id="correctComment", summary="Say which label is right")
@jwt_required()
@bp.input(CorrectionIn)
@bp.output({}, status_code=204)
def correct(comment_id: int, json_data: CorrectionIn) -> str:
    service.correct(
        request_session(), user_id=identity.user_id(), comment_id=comment_id, label=json_data.label
    )
    return ""
