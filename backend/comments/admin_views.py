"""Comments for administrators: what was reported, which labels were put right."""

from apiflask import APIBlueprint

from backend.accounts import identity
from backend.comments import moderation, service
from backend.comments.schemas import (
    CorrectionOut,
    CorrectionPage,
    ReasonOut,
    ReportedOut,
    ReportedPage,
    comment_out,
)
from backend.comments.scores import LABELS
from backend.extensions import request_session
from backend.wire import PageQuery

bp = APIBlueprint("moderation", __name__, url_prefix="/api/admin")


@bp.get("/reports")
@bp.doc(operation_id="listReportedComments", summary="Reported comments, most reports first")
@identity.roles_required("admin")
@bp.input(PageQuery, location="query")
@bp.output(ReportedPage)
def list_reports(query_data: PageQuery) -> ReportedPage:
    found, total = moderation.reported(
        request_session(), offset=query_data.offset, limit=query_data.per_page
    )
    items = [
        ReportedOut(
            comment=comment_out(one.comment, user_id=identity.user_id(), liked=False),
            song_title=one.song_title,
            reasons=[ReasonOut(reason=why, count=n) for why, n in one.reasons.items()],
            last=one.last,
        )
        for one in found
    ]
    return ReportedPage(
        items=items, page=query_data.page, per_page=query_data.per_page, total=total
    )


@bp.delete("/comments/<int:comment_id>")
@bp.doc(operation_id="removeComment", summary="Remove a comment, whoever wrote it")
@identity.roles_required("admin")
@bp.output({}, status_code=204)
def remove(comment_id: int) -> str:
    moderation.remove(request_session(), comment_id=comment_id)
    return ""


@bp.delete("/comments/<int:comment_id>/reports")
@bp.doc(operation_id="dismissReports", summary="Let a reported comment stand")
@identity.roles_required("admin")
@bp.output({}, status_code=204)
def dismiss(comment_id: int) -> str:
    moderation.dismiss(request_session(), comment_id=comment_id)
    return ""


@bp.get("/corrections")
@bp.doc(operation_id="listCorrections", summary="Labels people put right, newest first")
@identity.roles_required("admin")
@bp.input(PageQuery, location="query")
@bp.output(CorrectionPage)
def list_corrections(query_data: PageQuery) -> CorrectionPage:
    rows, total = service.corrections(
        request_session(), offset=query_data.offset, limit=query_data.per_page
    )
    items = [
        CorrectionOut(
            comment_id=comment.id,
            song_id=comment.song_id,
            song_title=title,
            text=comment.text,
            label=None if comment.label is None else LABELS[comment.label],
            probability=comment.probability,
            right=LABELS[right],
            by=by,
            at=at,
        )
        for comment, title, right, by, at in rows
    ]
    return CorrectionPage(
        items=items, page=query_data.page, per_page=query_data.per_page, total=total
    )
