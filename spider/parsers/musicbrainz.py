"""Answers of MusicBrainz and ListenBrainz into records.

Ids are MBIDs. What is unknown is left out or None, so that it stays NULL: a recording without the
attribute `cover` is not therefore an original.
"""

from collections.abc import Iterable
from datetime import date
from math import log1p
from typing import Any
from uuid import UUID

from backend.ingest.records import AlbumRecord, ArtistRecord, SongRecord
from spider.parsers.refusal import Refused, mapping, sequence

SOURCE = "musicbrainz"
COVERS = "https://coverartarchive.org/release-group/{id}/front-500"
PAGES = "https://musicbrainz.org/recording/{id}"
MOST_LISTENS = 1_000_000
"""Listens that make a heat of 100."""
ALIASES = 255
_LANGUAGES = {
    "cmn": "普通话", "yue": "粤语", "nan": "闽南语", "eng": "英语", "jpn": "日语", "kor": "韩语",
    "zho": "华语",
}  # fmt: skip
_PRECISIONS = {1: "year", 2: "month", 3: "day"}


def mbid_of(value: Any, what: str) -> str:
    """Return an MBID in its usual spelling.

    Raises:
        Refused: it is none.
    """
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        raise Refused(f"{what}: {str(value)[:60]} is no MBID") from None


def parse_artist(data: dict[str, Any]) -> ArtistRecord:
    """Return the artist; its alias is what it is called in Chinese."""
    name = data.get("name")
    called = [
        str(alias["name"])
        for alias in sequence(data.get("aliases"))
        if isinstance(alias, dict) and str(alias.get("locale") or "").startswith("zh")
    ]
    alias = " / ".join(dict.fromkeys(one for one in called if one != name))[:ALIASES]
    return ArtistRecord(
        source=SOURCE,
        source_id=mbid_of(data.get("id"), "artist"),
        name=name or "",
        alias=alias or None,
    )


def parse_credits(data: dict[str, Any]) -> list[ArtistRecord]:
    """Return the artists that a recording or release is credited to, by name alone."""
    told = [mapping(one, "credit").get("artist") for one in sequence(data.get("artist-credit"))]
    return [
        ArtistRecord(source=SOURCE, source_id=mbid_of(a["id"], "artist"), name=a["name"])
        for a in told
        if isinstance(a, dict) and a.get("id") and a.get("name")
    ]


def parse_recording(data: dict[str, Any]) -> SongRecord:
    """Return the recording; whether it covers another is in its work relations.

    Raises:
        Refused, ValidationError: it is not what a recording must be.
    """
    key = mbid_of(data.get("id"), "recording")
    length = data.get("length")
    told: dict[str, Any] = {
        "source": SOURCE,
        "source_id": key,
        "title": data.get("title"),
        "artists": tuple(dict.fromkeys(artist.source_id for artist in parse_credits(data))),
        "duration_ms": length if isinstance(length, int) and length > 0 else None,
        "genres": parse_genres(data),
        "source_url": PAGES.format(id=key),
        **parse_date(data.get("first-release-date")),
    }
    if parse_covered(data):
        told["original"] = "cover"
    return SongRecord.model_validate(told)


def parse_genres(data: dict[str, Any]) -> tuple[str, ...]:
    """Return the names of its genres, the most agreed on first."""
    named = [g for g in sequence(data.get("genres")) if isinstance(g, dict) and g.get("name")]
    named.sort(key=lambda genre: (-(genre.get("count") or 0), str(genre["name"])))
    return tuple(str(genre["name"])[:64] for genre in named[:20])


def parse_date(text: Any) -> dict[str, Any]:
    """Return a date as exact as it is told: YYYY, YYYY-MM or YYYY-MM-DD; both None otherwise."""
    unknown = {"release_date": None, "release_precision": None}
    if not isinstance(text, str) or not text:
        return unknown
    parts = text.split("-")
    try:
        year, month, day = (*map(int, parts), 1, 1)[:3]
        found = date(year, month, day)
    except ValueError:
        return unknown
    return {"release_date": found, "release_precision": _PRECISIONS[len(parts)]}


def parse_covered(data: dict[str, Any]) -> list[str]:
    """Return the works of which a recording is a cover."""
    return [
        mbid_of(work.get("id"), "work")
        for relation in sequence(data.get("relations"))
        if isinstance(relation, dict)
        and "cover" in sequence(relation.get("attributes"))
        and isinstance(work := relation.get("work"), dict)
    ]


def parse_work(data: dict[str, Any]) -> tuple[SongRecord | None, list[SongRecord]]:
    """Return the original recording of a work and its covers, each with its link.

    The original is known only where exactly one recording of the work has no attribute (cover,
    live, instrumental, partial, …); otherwise nothing is linked.
    """
    plain: dict[str, str] = {}
    covers: dict[str, str] = {}
    for relation in sequence(data.get("relations")):
        recording = relation.get("recording") if isinstance(relation, dict) else None
        if not isinstance(recording, dict) or not recording.get("title"):
            continue
        key, attributes = mbid_of(recording.get("id"), "recording"), relation.get("attributes")
        if not attributes:
            plain[key] = recording["title"]
        elif "cover" in attributes:
            covers[key] = recording["title"]
    if len(plain) != 1:
        return None, []
    ((first, title),) = plain.items()
    told: dict[str, Any] = {"source": SOURCE}
    original = SongRecord(**told, source_id=first, title=title, original="original")
    return original, [
        SongRecord(**told, source_id=key, title=name, original="cover", original_song=first)
        for key, name in covers.items()
        if key != first
    ]


def parse_release(data: dict[str, Any]) -> tuple[AlbumRecord, list[SongRecord]]:
    """Return the album (its release group) and its recordings, which name it and its language."""
    group = mapping(data.get("release-group"), "release group")
    key = mbid_of(group.get("id"), "release group")
    told: dict[str, Any] = {
        "source": SOURCE,
        "source_id": key,
        "title": group.get("title") or data.get("title"),
        "kind": str(group["primary-type"]).lower() if group.get("primary-type") else None,
        **parse_date(group.get("first-release-date")),
    }
    if credited := parse_credits(data):
        told["artist"] = credited[0].source_id
    if company := _label(data):
        told["company"] = company
    song: dict[str, Any] = {"source": SOURCE, "album": key}
    archive = data.get("cover-art-archive")
    if isinstance(archive, dict) and archive.get("front"):
        told["cover_url"] = COVERS.format(id=key)
    written = data.get("text-representation")
    if isinstance(written, dict) and (language := _LANGUAGES.get(str(written.get("language")))):
        song["language"] = language
    songs = [
        SongRecord(
            **song, source_id=mbid_of(one.get("id"), "recording"), title=one.get("title") or ""
        )
        for one in _recordings(data)
    ]
    return AlbumRecord.model_validate(told), songs


def parse_popularity(data: Any) -> dict[str, int]:
    """Return how often each recording was listened to; those nobody counted are left out."""
    return {
        mbid_of(one.get("recording_mbid"), "recording"): count
        for one in sequence(data)
        if isinstance(one, dict)
        and isinstance(count := one.get("total_listen_count"), int)
        and count >= 0
    }


def heat_of(listens: int) -> float:
    """Return heat 0..100: the logarithm of listens, 100 at `MOST_LISTENS`."""
    return min(round(100 * log1p(listens) / log1p(MOST_LISTENS), 2), 100.0)


def _label(data: dict[str, Any]) -> str | None:
    for told in sequence(data.get("label-info")):
        label = told.get("label") if isinstance(told, dict) else None
        if isinstance(label, dict) and label.get("name"):
            return str(label["name"])
    return None


def _recordings(data: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for medium in sequence(data.get("media")):
        for track in sequence(medium.get("tracks") if isinstance(medium, dict) else None):
            if isinstance(track, dict) and isinstance(track.get("recording"), dict):
                yield track["recording"]
