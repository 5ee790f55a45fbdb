"""What search refuses."""

from backend.errors import Unavailable


class IndexBehind(Unavailable):
    def __init__(self, missing: int) -> None:
        what = f"lacks {missing:,} changes" if missing else "is damaged"
        super().__init__(f"The search index {what}. Run: huisheng search rebuild")
