"""People and their roles, for administrators."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]


def test_people_are_listed_by_the_start_of_their_name(
    admin: Person, person: Persons, library: Library
) -> None:
    library.listener("imported")
    person("Willow")
    person("wilderness")
    found = admin.get("/api/admin/users?q=WIL").json
    assert [(one["username"], one["role"]) for one in found["items"]] == [
        ("wilderness", "listener"),
        ("Willow", "listener"),
    ]
    assert all(one["sessions"] == 1 for one in found["items"])
    names = {one["username"] for one in admin.get("/api/admin/users").json["items"]}
    assert names == {"boss", "Willow", "wilderness"}
    assert admin.get("/api/admin/users?q=%25").json["total"] == 0
    assert [o["username"] for o in admin.get("/api/admin/users?role=admin").json["items"]] == [
        "boss"
    ]


def test_a_role_holds_from_the_next_request(admin: Person, person: Persons) -> None:
    me = person("listener")
    assert me.get("/api/admin/users").status_code == 403
    assert admin.put(f"/api/admin/users/{me.id}/role", {"role": "admin"}).status_code == 204
    assert me.get("/api/admin/users").status_code == 200
    assert me.put(f"/api/admin/users/{admin.id}/role", {"role": "listener"}).status_code == 204
    assert admin.get("/api/admin/users").status_code == 403


def test_the_last_admin_cannot_give_it_up(admin: Person) -> None:
    answer = admin.put(f"/api/admin/users/{admin.id}/role", {"role": "listener"})
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/last-admin")
    assert admin.get("/api/admin/users").status_code == 200


def test_only_people_who_can_log_in_have_roles(
    admin: Person, library: Library, session: Session
) -> None:
    imported = library.listener("imported")
    for user_id in (imported.id, 10**9):
        answer = admin.put(f"/api/admin/users/{user_id}/role", {"role": "analyst"})
        assert answer.status_code == 404
    assert admin.put(f"/api/admin/users/{admin.id}/role", {"role": "king"}).status_code == 422
