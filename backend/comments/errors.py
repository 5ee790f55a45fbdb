"""What comments refuse."""

from backend.errors import Conflict, FieldError, Forbidden, Invalid, NotFound


class CommentNotFound(NotFound):
    def __init__(self, comment_id: int) -> None:
        super().__init__(f"There is no comment {comment_id}.")


class NotYourComment(Forbidden):
    def __init__(self) -> None:
        super().__init__("Only who wrote a comment can delete it.")


class CommentEmpty(Invalid):
    def __init__(self) -> None:
        message = "Write at least one visible sign."
        super().__init__(message, (FieldError("text", "string-too-short", message),))


class NotScored(Conflict):
    def __init__(self) -> None:
        super().__init__("This comment has no label yet that could be wrong. Try again later.")
