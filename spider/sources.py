"""Which spiders there are, and what each fetches beside songs."""

from collections.abc import Mapping

KINDS = ("artist", "album", "lyric", "comments")
"""What hangs on songs; the songs themselves are always fetched."""
SPIDERS: Mapping[str, str] = {"ncm": "spider.spiders.ncm.NcmSpider"}
"""Name to class, loaded when it runs."""
