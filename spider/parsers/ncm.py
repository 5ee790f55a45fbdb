"""NetEase-shaped answers, in both dialects, into records.

The two dialects name the same things differently (`ar` or `artists`, `al` or `album`, `dt` or
`duration`); both are read everywhere. What is unknown is left out, so that it stays NULL.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from backend.ingest.records import (
    AlbumRecord,
    ArtistRecord,
    CommentRecord,
    Copyright,
    ListenerRecord,
    LyricRecord,
    PlaylistRecord,
    SongRecord,
)
from spider.parsers.refusal import Refused, key_of, mapping, sequence

SOURCE = "ncm"
BEIJING = ZoneInfo("Asia/Shanghai")
INSTRUMENTAL = 131072
"""The bit of `mark` (64 bits) that says a song has no words."""
TAGS = 7
_FEES: dict[int, Copyright] = {0: "free", 1: "vip", 4: "album", 8: "free_low"}
_KINDS = {"专辑": "album", "EP": "ep", "EP/Single": "single", "Single": "single", "单曲": "single"}


def is_song(data: dict[str, Any]) -> bool:
    """Tell songs from what somebody keeps in a cloud drive and from radio."""
    return not data.get("t") and not data.get("djId")


def is_instrumental(data: dict[str, Any]) -> bool:
    """Tell whether the source itself says that the song has no words."""
    mark = data.get("mark")
    return isinstance(mark, int) and bool(mark & INSTRUMENTAL)


def parse_song(data: dict[str, Any], privilege: dict[str, Any] | None = None) -> SongRecord:
    """Return the song.

    Raises:
        Refused, ValidationError: it is not what a song must be.
    """
    key = key_of(data.get("id"), "song")
    told: dict[str, Any] = {"source": SOURCE, "source_id": key, "title": data.get("name")}
    told["artists"] = tuple(key for key, _ in _singers(data))
    album = _album_told(data) or {}
    told["album"], told["cover_url"] = album.get("source_id"), album.get("cover_url")
    duration = data.get("dt") or data.get("duration")
    told["duration_ms"] = duration if isinstance(duration, int) and duration > 0 else None
    told["heat"] = data.get("pop")
    told["copyright"] = _copyright(data, privilege)
    told |= _origin(data, key)
    released = _beijing_day(data.get("publishTime"))
    if released is not None:
        told |= {"release_date": released, "release_precision": "day"}
    return SongRecord.model_validate(told)


def parse_song_artists(data: dict[str, Any]) -> list[ArtistRecord]:
    """Return the singers a song names, by name alone; those without id are nobody known."""
    return [ArtistRecord(source=SOURCE, source_id=key, name=name) for key, name in _singers(data)]


def parse_song_album(data: dict[str, Any]) -> AlbumRecord | None:
    """Return the album a song names, by title and cover alone."""
    told = _album_told(data)
    return None if told is None else AlbumRecord.model_validate(told)


def parse_original(data: dict[str, Any]) -> tuple[list[ArtistRecord], SongRecord] | None:
    """Return what a cover says of its original: title and singers, to be filled in later."""
    told = data.get("originSongSimpleData")
    if data.get("originCoverType") != 2 or not isinstance(told, dict) or not told.get("songId"):
        return None
    key = key_of(told["songId"], "original")
    if key == key_of(data.get("id"), "song"):
        return None
    artists = parse_song_artists(told)
    singers = tuple(artist.source_id for artist in artists)
    song = SongRecord(source=SOURCE, source_id=key, title=told.get("name") or "", artists=singers)
    return artists, song


def parse_artist(data: dict[str, Any]) -> ArtistRecord:
    """Return the singer from the answer about one."""
    artist = mapping(data.get("artist"), "artist")
    alias = " / ".join(str(name) for name in sequence(artist.get("alias")))[:255]
    return ArtistRecord(
        source=SOURCE,
        source_id=key_of(artist.get("id"), "artist"),
        name=artist.get("name") or "",
        alias=alias or None,
        brief=artist.get("briefDesc") or None,
        picture_url=_url(artist.get("picUrl")),
    )


def parse_album(data: dict[str, Any]) -> AlbumRecord:
    """Return the album from the answer about one; its singer must be told before."""
    album = mapping(data.get("album"), "album")
    told: dict[str, Any] = {
        "source": SOURCE,
        "source_id": key_of(album.get("id"), "album"),
        "title": album.get("name"),
        "company": album.get("company") or None,
        "kind": _KINDS.get(str(album.get("type")), album.get("type") or None),
        "cover_url": _url(album.get("picUrl")),
    }
    if artist := parse_album_artist(data):
        told["artist"] = artist.source_id
    released = _beijing_day(album.get("publishTime"))
    if released is not None:
        told |= {"release_date": released, "release_precision": "day"}
    return AlbumRecord(**told)


def parse_album_artist(data: dict[str, Any]) -> ArtistRecord | None:
    """Return the singer an album names."""
    album = mapping(data.get("album"), "album")
    named = parse_song_artists({"artists": [album["artist"]] if album.get("artist") else []})
    return named[0] if named else None


def parse_lyric(data: dict[str, Any], song: str) -> LyricRecord:
    """Return the words of a song; none because there are none, or none that were collected."""
    text = _words(data.get("lrc"))
    told: dict[str, Any] = {"source": SOURCE, "source_id": song}
    if data.get("nolyric"):
        return LyricRecord(**told, kind="instrumental")
    if data.get("uncollected") or not text:
        return LyricRecord(**told, kind="uncollected")
    told |= {"text": text, "translation": _words(data.get("tlyric")) or None}
    try:
        return LyricRecord(**told, kind="lrc")
    except ValueError:
        return LyricRecord(**told, kind="plain")


def parse_playlist(data: dict[str, Any]) -> PlaylistRecord:
    """Return the list with the ids of all its songs: `tracks` is cut short, `trackIds` is not."""
    playlist = mapping(data.get("playlist"), "playlist")
    tags = [str(tag) for tag in sequence(playlist.get("tags")) if tag and "," not in str(tag)]
    return PlaylistRecord(
        source=SOURCE,
        source_id=key_of(playlist.get("id"), "playlist"),
        title=playlist.get("name") or "",
        description=playlist.get("description") or None,
        tags=tuple(tags[:TAGS]),
        songs=tuple(parse_track_ids(data)[0]),
        play_count=playlist.get("playCount") or 0,
        subscriber_count=playlist.get("subscribedCount") or 0,
        created_at=_moment(playlist.get("createTime")),
        cover_url=_url(playlist.get("coverImgUrl")),
    )


def parse_track_ids(data: dict[str, Any]) -> tuple[list[str], int]:
    """Return the ids of a list's songs in order, and how many were no ids."""
    playlist = mapping(data.get("playlist"), "playlist")
    return parse_ids(sequence(playlist.get("trackIds")), "track")


def parse_ids(things: list[Any], what: str) -> tuple[list[str], int]:
    """Return the ids of listed things in order, each once, and how many were no ids."""
    ids: dict[str, None] = {}
    bad = 0
    for thing in things:
        try:
            ids[key_of(mapping(thing, what).get("id"), what)] = None
        except Refused:
            bad += 1
    return list(ids), bad


def parse_comment(
    data: dict[str, Any], song: str, pseudonym: Callable[[str], str]
) -> tuple[ListenerRecord | None, CommentRecord] | None:
    """Return a comment and its writer under a pseudonym; None where the text was taken away.

    Neither name, picture nor place of the writer is read.
    """
    text = data.get("content")
    if not isinstance(text, str) or not text.strip():
        return None
    listener = None
    user = data.get("user")
    if isinstance(user, dict) and user.get("userId"):
        listener = ListenerRecord(source=SOURCE, source_id=pseudonym(str(user["userId"])))
    comment = CommentRecord(
        source=SOURCE,
        source_id=key_of(data.get("commentId"), "comment"),
        song=song,
        text=text,
        likes=data.get("likedCount") or 0,
        created_at=_moment(data.get("time")),
        listener=None if listener is None else listener.source_id,
    )
    return listener, comment


def _singers(data: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return (key, name) of the singers that have both."""
    listed = sequence(data.get("ar") or data.get("artists"))
    named = [mapping(artist, "artist") for artist in listed]
    return [
        (key_of(artist["id"], "artist"), artist["name"])
        for artist in named
        if artist.get("id") and artist.get("name")
    ]


def _album_told(data: dict[str, Any]) -> dict[str, Any] | None:
    album = data.get("al") or data.get("album")
    if not isinstance(album, dict) or not album.get("id") or not album.get("name"):
        return None
    told: dict[str, Any] = {"source": SOURCE, "source_id": key_of(album["id"], "album")}
    told["title"] = album["name"]
    if url := _url(album.get("picUrl")):
        told["cover_url"] = url
    return told


def _copyright(data: dict[str, Any], privilege: dict[str, Any] | None) -> Copyright | None:
    """Return what may be heard: `fee` and `st` together; `copyright` is undocumented and unread."""
    told = privilege or {}
    state = told.get("st", data.get("st"))
    if isinstance(state, int) and state < 0:
        return "unavailable"
    fee = told.get("fee", data.get("fee"))
    return _FEES.get(fee) if isinstance(fee, int) else None


def _origin(data: dict[str, Any], key: str) -> dict[str, Any]:
    kind = data.get("originCoverType")
    if kind == 1:
        return {"original": "original", "original_song": None}
    if kind != 2:
        return {"original": None, "original_song": None}
    first = parse_original(data)
    return {"original": "cover", "original_song": first and first[1].source_id}


def _words(part: Any) -> str:
    """Return LRC text without the JSON lines of credits that some answers put before it."""
    text = part.get("lyric") if isinstance(part, dict) else None
    lines = text.splitlines() if isinstance(text, str) else []
    return "\n".join(line for line in lines if not line.lstrip().startswith("{")).strip()


def _beijing_day(milliseconds: Any) -> date | None:
    moment = _moment(milliseconds)
    return None if moment is None else moment.astimezone(BEIJING).date()


def _moment(milliseconds: Any) -> datetime | None:
    if not isinstance(milliseconds, int) or milliseconds <= 0:
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _url(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None
