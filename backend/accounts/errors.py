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


class SessionNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("You have no such session; it may have ended already.")


class AvatarNotFound(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no such picture.")


class WrongPassword(Invalid):
    def __init__(self) -> None:
        message = "This is not your password. Check it and try again."
        super().__init__(message, (FieldError("password", "wrong-password", message),))


class WrongConfirmation(Invalid):
    def __init__(self, username: str) -> None:
        message = f"Type your name, {username}, to delete the account."
        super().__init__(message, (FieldError("username", "wrong-confirmation", message),))


class AvatarRefused(Invalid):
    """A picture that cannot be taken; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, (FieldError("picture", code, message),))


class LastAdmin(Conflict):
    def __init__(self) -> None:
        super().__init__("This is the last administrator. Make somebody else one first.")


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
