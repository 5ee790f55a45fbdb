"""People and their roles, for administrators."""

from apiflask import APIBlueprint

from backend.accounts import identity, roles
from backend.accounts.schemas import AccountOut, AccountPage, AccountsQuery, RoleIn
from backend.extensions import request_session

bp = APIBlueprint("roles", __name__, url_prefix="/api/admin/users")


@bp.get("")
@bp.doc(operation_id="listAccounts", summary="People with an account, newest first")
@identity.roles_required("admin")
@bp.input(AccountsQuery, location="query")
@bp.output(AccountPage)
def list_accounts(query_data: AccountsQuery) -> AccountPage:
    found, total = roles.accounts(
        request_session(),
        starts=query_data.q,
        role=query_data.role,
        offset=query_data.offset,
        limit=query_data.per_page,
    )
    return AccountPage(
        items=[AccountOut.model_validate(vars(one)) for one in found],
        page=query_data.page,
        per_page=query_data.per_page,
        total=total,
    )


@bp.put("/<int:user_id>/role")
@bp.doc(operation_id="setRole", summary="Let somebody be something else")
@identity.roles_required("admin")
@bp.input(RoleIn)
@bp.output({}, status_code=204)
def set_role(user_id: int, json_data: RoleIn) -> str:
    roles.set_role(request_session(), user_id=user_id, role=json_data.role)
    return ""
