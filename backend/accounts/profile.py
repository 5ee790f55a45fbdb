"""What people change of their own account."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from backend.accounts import passwords, service, sessions
from backend.accounts.errors import UsernameTaken, WrongPassword
from backend.accounts.tables import User


def change(session: Session, *, user_id: int, username: str | None, bio: str | None) -> None:
    """Change name and words about oneself; None leaves as it is, an empty bio clears it.

    Raises:
        UsernameRefused, UsernameTaken: as named.
    """
    user = session.get_one(User, user_id)
    if bio is not None:
        user.bio = bio or None
    if username is None:
        return
    name = service.checked_name(username)
    try:
        with session.begin_nested():
            user.username, user.username_norm = name, service.normalised(name)
    except IntegrityError:
        raise UsernameTaken(name) from None


def verify(session: Session, *, user_id: int, password: str) -> User:
    """Return the user if this is the password.

    Raises:
        WrongPassword: it is not.
    """
    user = session.get_one(User, user_id)
    if not passwords.verify(user.password_hash, password):
        raise WrongPassword
    return user


def change_password(
    session: Session, *, user_id: int, session_id: str, password: str, new: str
) -> None:
    """Set a new password; every session but the calling one ends.

    Raises:
        WrongPassword: `password` is not the present one.
        PasswordRefused: the new one is too short or too long.
    """
    user = verify(session, user_id=user_id, password=password)
    user.password_hash = service.hashed(new)
    sessions.end_others(session, user_id=user_id, keep=session_id)
