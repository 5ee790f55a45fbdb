"""Register, log in, recover, and the picker's choices."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, func, literal, select, union_all
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts import passwords, sessions
from backend.accounts.errors import (
    PasswordRefused,
    UsernameRefused,
    UsernameTaken,
    UserNotFound,
    WrongCredentials,
)
from backend.accounts.tables import PickedArtist, PickedGenre, User
from backend.db.base import table

ROLES = ("listener", "analyst", "clinician", "admin")


def normalised(username: str) -> str:
    """Return the form in which a name is unique: NFKC, casefolded."""
    return unicodedata.normalize("NFKC", username).casefold()


def checked_name(username: str) -> str:
    """Return the name as it is kept.

    Raises:
        UsernameRefused: not 4–20 letters, digits or Han characters.
    """
    username = unicodedata.normalize("NFKC", username)
    if not (4 <= len(username) <= 20 and username.isalnum()):
        raise UsernameRefused
    return username


def hashed(password: str) -> str:
    """Return what is kept of a password.

    Raises:
        PasswordRefused: not 8–128 characters.
    """
    if not 8 <= len(password) <= 128:
        raise PasswordRefused
    return passwords.hasher.hash(password)


def create_user(session: Session, *, username: str, password: str, role: str = "listener") -> User:
    """Create a user who can log in.

    Raises:
        UsernameRefused, PasswordRefused, UsernameTaken: as named.
    """
    username = checked_name(username)
    user = User(
        username=username,
        username_norm=normalised(username),
        password_hash=hashed(password),
        role=role,
    )
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:
        raise UsernameTaken(username) from None
    return user


def authenticate(session: Session, *, username: str, password: str) -> User:
    """Return the user with this name and password.

    Raises:
        WrongCredentials: unknown name or wrong password, told apart by neither text nor time.
    """
    user = session.scalar(select(User).where(User.username_norm == normalised(username)))
    matches = passwords.verify(user.password_hash if user else None, password)
    if user is None or not matches:
        raise WrongCredentials
    if passwords.hasher.check_needs_rehash(user.password_hash or ""):
        user.password_hash = passwords.hasher.hash(password)
    return user


def set_password(session: Session, *, username: str, password: str) -> User:
    """Set a new password and end every session of the user.

    Raises:
        UserNotFound: no such user, or an imported listener, as whom nobody can log in.
    """
    user = session.scalar(select(User).where(User.username_norm == normalised(username)))
    if user is None or user.source is not None:
        raise UserNotFound(username)
    user.password_hash = hashed(password)
    sessions.end_others(session, user_id=user.id)
    return user


def has_admin(session: Session) -> bool:
    """Tell whether anyone can administer this site."""
    return session.scalar(select(User.id).where(User.role == "admin").limit(1)) is not None


@dataclass(frozen=True)
class Tastes:
    """Ids picked at sign-up."""

    genre_ids: tuple[int, ...]
    artist_ids: tuple[int, ...]


_GENRE, _ARTIST = 0, 1
_genre, _artist = table(PickedGenre), table(PickedArtist)
_PICKED = union_all(
    select(literal(_GENRE), _genre.c.genre_id).where(_genre.c.user_id == bindparam("user_id")),
    select(literal(_ARTIST), _artist.c.artist_id).where(_artist.c.user_id == bindparam("user_id")),
)


def get_tastes(session: Session, *, user_id: int) -> Tastes:
    """Return what the user picked."""
    picked = session.execute(_PICKED, {"user_id": user_id}).all()
    genres, artists = (sorted(i for kind, i in picked if kind == k) for k in (_GENRE, _ARTIST))
    return Tastes(tuple(genres), tuple(artists))


def set_tastes(
    session: Session, *, user_id: int, genre_ids: Sequence[int], artist_ids: Sequence[int]
) -> None:
    """Replace what the user picked."""
    session.execute(delete(PickedGenre).where(PickedGenre.user_id == user_id))
    session.execute(delete(PickedArtist).where(PickedArtist.user_id == user_id))
    session.add_all(PickedGenre(user_id=user_id, genre_id=i) for i in sorted(set(genre_ids)))
    session.add_all(PickedArtist(user_id=user_id, artist_id=i) for i in sorted(set(artist_ids)))
    session.flush()


def count(session: Session) -> int:
    """Return how many users there are, imported listeners among them."""
    return session.scalar(select(func.count(User.id))) or 0
