"""Pictures of people: what comes in is read, cut square and written anew; only pixels stay."""

import secrets
from io import BytesIO
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session

from backend.accounts.errors import AvatarNotFound, AvatarRefused
from backend.accounts.tables import User

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
SIDE = 512
"""Pixels along each edge of what is kept."""


def cleaned(data: bytes) -> bytes:
    """Return the picture as an upright square WebP without anything else that was in the file.

    Raises:
        AvatarRefused: too large, not a JPEG, PNG or WebP, or broken.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # the web process starts without it

    if len(data) > MOST_BYTES:
        raise AvatarRefused("avatar-size", "A picture has at most 2 MB. Choose a smaller one.")
    Image.MAX_IMAGE_PIXELS = None  # the size stands in the header and is checked here
    out = BytesIO()
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise AvatarRefused(
                    "avatar-pixels", "A picture has at most 40 million pixels. Make it smaller."
                )
            picture.draft("RGB", (SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
            square = ImageOps.fit(upright, (SIDE, SIDE))
            square.save(out, "WEBP", quality=86, exif=b"", icc_profile=b"")
    except UnidentifiedImageError:
        raise AvatarRefused(
            "avatar-type", "This is no JPEG, PNG or WebP picture. Choose another file."
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError):
        raise AvatarRefused(
            "avatar-broken",
            "This picture cannot be read to its end. Save it again or choose another.",
        ) from None
    return out.getvalue()


def keep(session: Session, folder: Path, *, user_id: int, data: bytes) -> None:
    """Make `data` the user's picture; the one before goes when this is committed.

    Raises:
        AvatarRefused: as `cleaned`.
    """
    picture = cleaned(data)
    name = f"{secrets.token_hex(16)}.webp"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(picture)
    _replace(session, folder, user_id, name)


def remove(session: Session, folder: Path, *, user_id: int) -> None:
    """Take the user's picture away, if there is one."""
    _replace(session, folder, user_id, None)


def _replace(session: Session, folder: Path, user_id: int, name: str | None) -> None:
    user = session.get_one(User, user_id)
    before, user.avatar = user.avatar, name
    session.flush()
    if before is not None:
        old = folder / before

        @event.listens_for(session, "after_commit", once=True)
        def _forget(_: Session) -> None:
            old.unlink(missing_ok=True)


def find(folder: Path, name: str) -> Path:
    """Return the file of a picture.

    Raises:
        AvatarNotFound: there is none of this name.
    """
    path = folder / name
    if path.parent != folder or not path.is_file():
        raise AvatarNotFound
    return path
