"""Every operation of the contract, walked by those who may not use it."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.contract.conftest import Site

PUBLIC = {
    "register", "login", "createToken",
    "listSongs", "listChosenSongs", "getSong", "getLyrics", "getCarousel",
    "listGenres", "listLanguages", "listYears", "listArtists", "getArtist", "getAlbum",
    "getRecommendations", "getRecommendationRow", "getFigures",
    "listComments", "listCommentsWithWord", "getSongSentiment",
    "listWords", "listSongsWithWord", "getWordPicture",
    "listCharts", "getChart", "getChartCsv", "listChartSongs",
    "analyseText", "scoreTexts", "getSentimentModel",
    "listPlaylists", "getPlaylist", "getAudio", "exportPlaylist", "listSimilarSongs",
    "search",
    "getAvatar",
    "readState", "planJourneys", "getHealing", "getMoodMap", "getNewest",
    "getSite", "isAlive", "isReady",
}  # fmt: skip
"""What a visitor may do; everything else needs a log-in."""

ROLES = {
    "analyst": {"getReport"},
    "clinician": {
        "listPatients", "enterCareCode", "setPatientWish", "removePatientWish", "addCareNote",
        "leavePatient",
    },
    "admin": {
        "listModels", "getCardsReport",
        "listSources", "startCrawl", "importFile", "listJobs", "getJob", "stopJob",
        "listSchedules", "addSchedule", "switchSchedule", "removeSchedule",
        "promoteModel", "listAccounts", "setRole", "getHealth",
        "listCorrections", "listReportedComments", "removeComment", "dismissReports",
    },
}  # fmt: skip
"""What only these roles may do."""

Operation = tuple[str, str, str]


def operations() -> list[Operation]:
    path = Path(__file__).parents[2] / "backend" / "openapi.json"
    return [
        (operation["operationId"], method, where)
        for where, methods in json.loads(path.read_text())["paths"].items()
        for method, operation in methods.items()
    ]


def call(client: FlaskClient, site: Site, method: str, path: str, **kwargs: object) -> TestResponse:
    where = path.replace("{song_id}", str(site.song_id)).replace("{algorithm}", "itemcf")
    where = where.replace("{comment_id}", str(site.comment_id))
    where = where.replace("/wishes/{kind}", "/wishes/song").replace("{kind}", "comments")
    where = where.replace("{name}", "genres").replace("{playlist_id}", "1")
    where = where.replace("{job_id}", "1").replace("{schedule_id}", "1")
    where = where.replace("{link_id}", "1").replace("{target_id}", "1")
    where = where.replace("{user_id}", "1").replace("{session_id}", "x")
    return client.open(where, method=method.upper(), **kwargs)


def test_the_public_list_names_only_what_exists() -> None:
    assert {name for name, _, _ in operations()} >= PUBLIC


@pytest.mark.parametrize(
    ("name", "method", "path"), [o for o in operations() if o[0] not in PUBLIC]
)
def test_a_visitor_is_turned_away(site: Site, name: str, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer not.a.token"}):
        answer = call(site.app.test_client(), site, method, path, headers=headers, json={})
        assert answer.status_code == 401, name
        assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("name", "method", "path"),
    [o for o in operations() if any(o[0] in named for named in ROLES.values())],
)
def test_a_plain_listener_is_kept_out(site: Site, name: str, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {site.tokens['listener']}"}
    answer = call(site.app.test_client(), site, method, path, headers=headers)
    assert answer.status_code == 403, name
    assert answer.json["type"] == "/problems/role-required"


def test_a_personal_row_is_not_for_visitors(site: Site) -> None:
    answer = call(site.app.test_client(), site, "get", "/api/recommendations/{algorithm}")
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("name", "method", "path"), [o for o in operations() if o[1] != "get" and o[0] not in PUBLIC]
)
def test_cookies_without_the_csrf_header_change_nothing(
    site: Site, name: str, method: str, path: str
) -> None:
    client = site.app.test_client()
    client.set_cookie("access_token_cookie", site.tokens["listener"])
    assert call(client, site, method, path, json={}).status_code == 401, name


def test_nobody_sees_or_changes_what_another_did(site: Site) -> None:
    client = site.app.test_client()
    mine, other = (
        {"Authorization": f"Bearer {site.tokens[name]}"} for name in ("listener", "somebody")
    )
    song = f"/api/songs/{site.song_id}"
    client.put(f"{song}/rating", headers=mine, json={"stars": 4})
    client.put(f"{song}/hidden", headers=mine)
    client.put("/api/me/tastes", headers=mine, json={"genres": ["民谣"], "artists": []})
    client.post("/api/plays", headers=mine, json={"id": str(uuid4()), "song_id": site.song_id})

    seen = client.get(song, headers=other).json["mine"]
    assert seen == {"stars": 0, "heart": False, "hidden": False, "uncounted": False}
    assert client.get("/api/me/ratings", headers=other).json["total"] == 0
    assert client.get("/api/me/hidden", headers=other).json["total"] == 0
    assert client.get("/api/accounts/me", headers=other).json["tastes"]["genres"] == []
    client.put(f"{song}/rating", headers=other, json={"stars": 0})
    client.delete(f"{song}/hidden", headers=other)
    assert client.get(song, headers=mine).json["mine"]["stars"] == 4
    assert client.get(song, headers=mine).json["mine"]["hidden"] is True


def test_no_request_may_name_its_user(site: Site) -> None:
    client, mine = site.app.test_client(), {"Authorization": f"Bearer {site.tokens['listener']}"}
    assert client.get("/api/me/ratings?user_id=1", headers=mine).status_code == 422
    body = {"stars": 3, "user_id": 1}
    answer = client.put(f"/api/songs/{site.song_id}/rating", headers=mine, json=body)
    assert answer.status_code == 422


def test_a_list_of_ones_own_is_for_nobody_else(site: Site) -> None:
    client = site.app.test_client()
    mine, other = (
        {"Authorization": f"Bearer {site.tokens[name]}"} for name in ("listener", "somebody")
    )
    body = {"title": "自己听", "song_ids": [site.song_id]}
    made = client.post("/api/me/playlists", headers=mine, json=body).json["id"]
    for name, method, path in operations():
        if "{playlist_id}" not in path:
            continue
        where = path.replace("{playlist_id}", str(made)).replace("{song_id}", str(site.song_id))
        sent = {"orderPlaylist": {"song_ids": [site.song_id]}}.get(name, {"title": "别人的"})
        extra = {} if method in ("get", "delete") else {"json": sent}
        for headers in (other, {}) if name in PUBLIC else (other,):
            answer = client.open(where, method=method.upper(), headers=headers, **extra)
            assert answer.status_code == 404, name
    assert client.get(f"/api/playlists/{made}", headers=mine).json["title"] == "自己听"
    client.delete(f"/api/me/playlists/{made}", headers=mine)
