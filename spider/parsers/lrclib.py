"""Answers of LRCLIB into records."""

from typing import Any

from backend.ingest.records import LyricRecord

SOURCE = "lrclib"


def parse_lyric(data: dict[str, Any], source: str, song: str) -> LyricRecord:
    """Return the words for a song of another source: timed where they are, else plain."""
    told: dict[str, Any] = {"source": source, "source_id": song, "provider": SOURCE}
    if data.get("instrumental"):
        return LyricRecord(**told, kind="instrumental")
    timed, plain = (str(data.get(n) or "").strip() for n in ("syncedLyrics", "plainLyrics"))
    if timed:
        try:
            return LyricRecord(**told, kind="lrc", text=timed)
        except ValueError:
            plain = plain or timed
    if not plain:
        return LyricRecord(**told, kind="uncollected")
    return LyricRecord(**told, kind="plain", text=plain)
