"""Playlists as files: JSPF (xspf.org/jspf) and extended M3U."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from backend.errors import Invalid
from backend.ingest.records import clean_line

MOST_TRACKS = 1_000


class UnreadablePlaylist(Invalid):
    def __init__(self, why: str) -> None:
        super().__init__(f"This is no playlist that can be read: {why}. Give JSPF or M3U.")


@dataclass(frozen=True)
class Track:
    """A song as a file names it."""

    title: str
    artists: tuple[str, ...]
    album: str | None = None
    seconds: float | None = None
    address: str | None = None


@dataclass(frozen=True)
class ListFile:
    title: str | None
    tracks: list[Track]


def to_jspf(title: str, description: str | None, tracks: Sequence[Track]) -> str:
    """Write JSPF."""
    told: dict[str, Any] = {"title": title, "track": [_jspf_track(track) for track in tracks]}
    if description:
        told["annotation"] = description
    return json.dumps({"playlist": told}, ensure_ascii=False, indent=1)


def _jspf_track(track: Track) -> dict[str, Any]:
    fields = {
        "title": track.title,
        "creator": " / ".join(track.artists) or None,
        "album": track.album,
        "duration": None if track.seconds is None else round(track.seconds * 1000),
        "location": [track.address] if track.address else None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def to_m3u(title: str, tracks: Sequence[Track]) -> str:
    """Write extended M3U, in UTF-8."""
    lines = ["#EXTM3U", f"#PLAYLIST:{title}"]
    for track in tracks:
        seconds = -1 if track.seconds is None else round(track.seconds)
        by = f"{' / '.join(track.artists)} - " if track.artists else ""
        lines += [f"#EXTINF:{seconds},{by}{track.title}", track.address or ""]
    return "\n".join(lines) + "\n"


def parse(text: str) -> ListFile:
    """Read JSPF or M3U.

    Raises:
        UnreadablePlaylist: it is neither, or holds no song.
    """
    text = text.lstrip("\ufeff").strip()
    found = _from_jspf(text) if text.startswith("{") else _from_m3u(text)
    if not found.tracks:
        raise UnreadablePlaylist("no song stands in it")
    if len(found.tracks) > MOST_TRACKS:
        raise UnreadablePlaylist(f"it holds more than {MOST_TRACKS:,} songs")
    return found


def _from_jspf(text: str) -> ListFile:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadablePlaylist("it is no JSON") from error
    playlist = told.get("playlist")
    if not isinstance(playlist, dict) or not isinstance(playlist.get("track"), list):
        raise UnreadablePlaylist("it has no playlist with tracks")
    tracks = []
    for one in playlist["track"]:
        title = _line(one.get("title")) if isinstance(one, dict) else ""
        if title:
            tracks.append(Track(title, _singers(_line(one.get("creator")))))
    return ListFile(_line(playlist.get("title")) or None, tracks)


def _from_m3u(text: str) -> ListFile:
    title, tracks = None, []
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(":")
        if kind == "#PLAYLIST":
            title = _line(rest) or None
        elif kind == "#EXTINF":
            named = _line(rest.partition(",")[2])
            by, dash, name = named.partition(" - ")
            if named:
                tracks.append(Track(name, _singers(by)) if dash else Track(named, ()))
    return ListFile(title, tracks)


def _line(value: object) -> str:
    return clean_line(value)[:255] if isinstance(value, str) else ""


def _singers(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(" / ") if (name := part.strip()))
