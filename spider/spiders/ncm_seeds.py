"""Where a crawl of the NetEase-shaped source begins."""

from backend.errors import Invalid
from spider.parsers.refusal import Refused, key_of

SEEDS = "toplist, playlist:ID, tag:NAME or artist:ID"


def wants_of(seed: str) -> tuple[str, str]:
    """Return the (kind, id) that a seed names.

    Raises:
        Invalid: it is no seed.
    """
    kind, _, key = seed.partition(":")
    if seed == "toplist":
        return "toplist", "all"
    if kind == "tag" and 0 < len(key.strip()) <= 64:
        return "tag", key.strip()
    if kind in ("playlist", "artist"):
        try:
            return ("artist_songs" if kind == "artist" else kind), key_of(key, kind)
        except Refused:
            pass
    raise Invalid(f"“{seed}” is no seed of ncm: give {SEEDS}.")
