"""How a crawl behaves towards its sources, as Scrapy settings."""

from importlib.metadata import version
from typing import Any

from backend.settings import Settings

DELAY = 1.1
"""Seconds between two requests of a host beyond this machine; `--delay` only raises it."""
IN_HAND, PACED_IN_HAND = 16, 2
"""Requests under way; a stop waits for each of them, and so for the pauses they wait out."""
MAX_BYTES = 8 * 1024 * 1024
TRIES = 4


def scrapy_settings(settings: Settings, *, local: bool, delay: float | None) -> dict[str, Any]:
    """Return the settings of a crawl; `local` says that its sources are on loopback."""
    contact = f" (+{settings.crawl_contact})" if settings.crawl_contact else ""
    return {
        "BOT_NAME": "huisheng",
        "USER_AGENT": f"Huisheng/{version('huisheng')}{contact}",
        "ROBOTSTXT_OBEY": True,
        "DEFAULT_REQUEST_HEADERS": {"Accept": "application/json", "Accept-Language": "zh-CN, en"},
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",
        "METAREFRESH_ENABLED": False,
        "HTTPPROXY_ENABLED": False,
        # Both would open a port that runs what is sent to it.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "CONCURRENT_REQUESTS": PACED_IN_HAND if delay or not local else IN_HAND,
        "CONCURRENT_REQUESTS_PER_DOMAIN": IN_HAND if local else 1,
        "DOWNLOAD_DELAY": (delay or 0) if local else max(delay or 0, DELAY),
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": not local,
        "AUTOTHROTTLE_START_DELAY": DELAY,
        "DOWNLOAD_TIMEOUT": settings.crawl_timeout,
        "DOWNLOAD_MAXSIZE": MAX_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": 2,
        "RETRY_TIMES": TRIES - 1,
        "RETRY_GIVE_UP_LOG_LEVEL": "WARNING",
        "CRAWL_FIRST_WAIT": 0.1 if local else 2.0,
        "HTTPERROR_ALLOW_ALL": True,  # the spider says what each status means
        "HTTPCACHE_ENABLED": settings.crawl_cache,
        "HTTPCACHE_DIR": str(settings.data_dir / "httpcache"),
        "DOWNLOADER_MIDDLEWARES": {
            "spider.middlewares.Guard": 10,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "spider.middlewares.CrawlDelay": 540,
            "spider.middlewares.Patience": 550,
        },
        "ITEM_PIPELINES": {"spider.door.Door": 100},
        "EXTENSIONS": {"spider.watch.Watch": 100},
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "%(asctime)s %(levelname)s %(message)s",
        "STATS_DUMP": False,
        "LOGSTATS_INTERVAL": 0,
    }
