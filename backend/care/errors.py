"""What care plans refuse."""

from backend.errors import Conflict, NotFound


class CareTargetNotFound(NotFound):
    def __init__(self, kind: str, target: object) -> None:
        super().__init__(f"There is no {kind} {target}.")


class TooManyWishes(Conflict):
    def __init__(self, most: int) -> None:
        super().__init__(f"A list holds at most {most}. Take something off first.")


class CareCodeInvalid(NotFound):
    def __init__(self) -> None:
        super().__init__("This code is not known, was used, or is older than a day. Ask anew.")


class CareLinkNotFound(NotFound):
    def __init__(self, link_id: int) -> None:
        super().__init__(f"There is no open care plan {link_id} of yours.")


class NotConsented(Conflict):
    def __init__(self, what: str) -> None:
        super().__init__(f"The patient has not agreed to {what}.")
