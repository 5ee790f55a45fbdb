"""Which spiders there are."""

from collections.abc import Mapping

SPIDERS: Mapping[str, str] = {
    "ncm": "spider.spiders.ncm.NcmSpider",
    "musicbrainz": "spider.spiders.musicbrainz.MusicBrainzSpider",
    "lrclib": "spider.spiders.lrclib.LrclibSpider",
}
"""Name to class, loaded when it runs."""
