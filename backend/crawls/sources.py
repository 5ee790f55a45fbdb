"""The sources a crawl can be started on: where each begins, what it fetches, whether it may."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from types import MappingProxyType
from urllib.parse import urlsplit

from backend.crawls.errors import ContactMissing, NoSeed, PermissionMissing, SourceNotSet
from backend.settings import Settings

_ID = r"[1-9]\d{0,17}"
_NAME = r"\S(.{0,62}\S)?"
_MBID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


@dataclass(frozen=True)
class Source:
    """`seeds` is what may stand after `kind:`; an empty pattern stands alone."""

    name: str
    seeds: Mapping[str, str]
    default_seeds: tuple[str, ...]
    kinds: tuple[str, ...]
    """What hangs on songs; the songs themselves are always fetched."""

    def read(self, seed: str) -> tuple[str, str]:
        """Return the kind of a seed and what it names, empty where it stands alone.

        Raises:
            NoSeed: it is none of this source.
        """
        kind, _, key = seed.partition(":")
        pattern = self.seeds.get(kind)
        if pattern is not None and (seed == kind if not pattern else re.fullmatch(pattern, key)):
            return kind, key
        known = [f"{name}:…" if after else name for name, after in self.seeds.items()]
        raise NoSeed(seed, self.name, known)


NCM = Source(
    "ncm",
    MappingProxyType({"toplist": "", "playlist": _ID, "tag": _NAME, "artist": _ID}),
    ("toplist",),
    ("artist", "album", "lyric", "comments"),
)
MUSICBRAINZ = Source(
    "musicbrainz",
    MappingProxyType({"area": _NAME, "query": _NAME, "mbid": _MBID}),
    ("area:China",),
    ("album", "work", "popularity"),
)
LRCLIB = Source("lrclib", MappingProxyType({}), (), ())
SOURCES: Mapping[str, Source] = {s.name: s for s in (NCM, MUSICBRAINZ, LRCLIB)}


def addresses(settings: Settings, source: str) -> tuple[str, ...]:
    """Return the addresses a crawl of that source asks; the first is where it begins."""
    return {
        "ncm": (settings.ncm_base_url,),
        "musicbrainz": (settings.musicbrainz_base_url, settings.listenbrainz_base_url),
        "lrclib": (settings.lrclib_base_url,),
    }[source]


def check(settings: Settings, source: str) -> bool:
    """Tell whether all of a source is on this machine, where no manners are needed.

    Raises:
        SourceNotSet, PermissionMissing, ContactMissing: it may not be crawled; each names the cure.
    """
    asked = addresses(settings, source)
    if not all(asked):
        raise SourceNotSet(source)
    if all(is_loopback(address) for address in asked):
        return True
    if source == "ncm" and settings.ncm_permission != "yes":
        raise PermissionMissing(urlsplit(asked[0]).netloc)
    if not settings.crawl_contact:
        raise ContactMissing
    return False


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"
