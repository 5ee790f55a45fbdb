"""Whatever is uploaded as a picture: cleaned, or refused with its reason."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from backend.settings import Settings
from tests.backend.conftest import Person

Persons = Callable[[str], Person]


def _picture(kind: str = "PNG", size: tuple[int, int] = (80, 40), **options: Any) -> bytes:
    """Draw a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, (0, 0, 250))
    picture.paste((250, 0, 0), (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def _bomb() -> bytes:
    """Write a PNG of 20,000 × 20,000 whose pixels take next to no bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 20_000 * 2_501, 9)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", rows), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _send(me: Person, data: bytes, name: str = "me.png") -> TestResponse:
    cookie = me.client.get_cookie("csrf_access_token")
    file = FileStorage(BytesIO(data), name)
    # In memory: the client's own way leaves a large file open.
    boundary, body = encode_multipart({"picture": file})
    return me.client.put(
        "/api/me/avatar",
        data=body,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"X-CSRF-TOKEN": cookie.value},
    )


def _shown(me: Person, answer: TestResponse) -> Image.Image:
    with me.get(answer.json["avatar"]) as found:
        assert found.mimetype == "image/webp"
        assert "immutable" in found.headers["Cache-Control"]
        return Image.open(BytesIO(found.data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_becomes_a_square_webp(person: Persons, kind: str) -> None:
    me = person("listener")
    answer = _send(me, _picture(kind))
    assert answer.status_code == 200, answer.text
    assert _shown(me, answer).size == (512, 512)


def test_it_stands_upright_and_tells_no_place(person: Persons) -> None:
    exif = Image.Exif()
    exif[0x0112] = 3  # turned by 180°: what is stored left belongs right
    exif.get_ifd(0x8825)[1] = "N"  # a GPS block
    me = person("listener")
    shown = _shown(me, _send(me, _picture("JPEG", exif=exif, quality=95)))
    assert not shown.getexif()
    left, right = (shown.convert("RGB").getpixel((x, 256)) for x in (60, 450))
    assert left[2] > 150 > left[0]
    assert right[0] > 150 > right[2]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "avatar-type"),
        (b"<html><script>alert(1)</script></html>", "avatar-type"),
        (b"", "avatar-type"),
        (_picture("GIF"), "avatar-type"),
        (_picture(size=(800, 800))[:-900], "avatar-broken"),
        (_picture("JPEG", size=(800, 800))[:2_000], "avatar-broken"),
        (_bomb(), "avatar-pixels"),
        (_picture() + b"\0" * (2 * 1024 * 1024), "avatar-size"),
    ],
    ids=["svg", "html", "empty", "gif", "cut png", "cut jpeg", "bomb", "over 2 MB"],
)
def test_what_is_no_good_picture_is_refused(person: Persons, data: bytes, code: str) -> None:
    me = person("listener")
    answer = _send(me, data)
    assert answer.status_code == 422, answer.text
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [("picture", code)]
    assert me.get("/api/accounts/me").json["avatar"] is None


def test_ten_megabytes_are_refused(person: Persons) -> None:
    me = person("listener")
    cookie = me.client.get_cookie("csrf_access_token")
    answer = me.client.put(
        "/api/me/avatar",
        data=b"\0" * 10_000_000,
        content_type="multipart/form-data; boundary=edge",
        headers={"X-CSRF-TOKEN": cookie.value},
    )
    assert answer.status_code == 413


def test_a_body_without_a_picture_is_refused(person: Persons) -> None:
    me = person("listener")
    cookie = me.client.get_cookie("csrf_access_token")
    answer = me.client.put("/api/me/avatar", data={}, headers={"X-CSRF-TOKEN": cookie.value})
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "picture"


def test_a_new_picture_takes_the_old_ones_place(
    person: Persons, settings: Settings, session: Session
) -> None:
    me = person("listener")
    first = _send(me, _picture()).json["avatar"]
    second = _send(me, _picture()).json["avatar"]
    assert first != second
    with me.get(second) as found:
        assert found.status_code == 200
    assert me.delete("/api/me/avatar").json["avatar"] is None
    assert me.get("/api/accounts/me").json["avatar"] is None
    assert list(settings.avatars_dir.iterdir()) == []


@pytest.mark.parametrize("name", ["nobody.webp", "..%2Fsecret_key", "%2e%2e/huisheng.db"])
def test_only_pictures_are_served(visitor: Person, name: str) -> None:
    assert visitor.get(f"/api/avatars/{name}").status_code == 404
