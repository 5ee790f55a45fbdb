"""What accounts refuse."""

from backend.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, Unauthorized


class UsernameTaken(Conflict):
    def __init__(self, username: str) -> None:
        super().__init__(f"The name {username} is taken. Choose another.")
        self.errors = (FieldError("username", "username-taken", str(self)),)


class WrongCredentials(Unauthorized):
    def __init__(self) -> None:
        super().__init__("No such name and password. Check both and try again.")


class SessionEnded(Unauthorized):
    def __init__(self) -> None:
        super().__init__("This session has ended. Log in again.")


class UserNotFound(NotFound):
    def __init__(self, username: str) -> None:
        super().__init__(f"There is no user {username} with a password here.")


class UsernameRefused(Invalid):
    def __init__(self) -> None:
        message = "A name has 4–20 letters, digits or Han characters."
        super().__init__(message, (FieldError("username", "username-format", message),))


class PasswordRefused(Invalid):
    def __init__(self) -> None:
        message = "A password has 8–128 characters."
        super().__init__(message, (FieldError("password", "password-length", message),))


class LoginRequired(Unauthorized):
    def __init__(self) -> None:
        super().__init__("Log in first: this is about one listener.")


class RoleRequired(Forbidden):
    def __init__(self, roles: tuple[str, ...]) -> None:
        super().__init__(f"This is for {' or '.join(roles)}. Ask an administrator for the role.")
