"""Full manners on every host but this machine."""

from pathlib import Path

import pytest

from backend.crawls.sources import is_loopback
from backend.settings import Settings
from spider.manners import scrapy_settings
from spider.middlewares import host_of, seconds_of


@pytest.fixture
def site(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, crawl_contact="ops@example.org")


def test_a_host_elsewhere_is_asked_slowly_by_name_and_by_its_rules(site: Settings) -> None:
    told = scrapy_settings(site, local=False, delay=None)
    assert told["USER_AGENT"] == "Huisheng/0.1.0 (+ops@example.org)"
    assert (told["DOWNLOAD_DELAY"], told["CONCURRENT_REQUESTS_PER_DOMAIN"]) == (1.1, 1)
    assert (told["ROBOTSTXT_OBEY"], told["AUTOTHROTTLE_ENABLED"]) == (True, True)
    assert (told["DOWNLOAD_TIMEOUT"], told["DOWNLOAD_MAXSIZE"]) == (20, 8 * 1024 * 1024)
    assert (told["COOKIES_ENABLED"], told["HTTPPROXY_ENABLED"]) == (False, False)


@pytest.mark.parametrize("local", [True, False])
def test_no_port_is_opened(site: Settings, local: bool) -> None:
    told = scrapy_settings(site, local=local, delay=None)
    assert (told["TELNETCONSOLE_ENABLED"], told["REMOTE_CONTROL_ENABLED"]) == (False, False)


@pytest.mark.parametrize(("asked", "delay"), [(0.1, 1.1), (5.0, 5.0)])
def test_a_delay_is_only_ever_raised(site: Settings, asked: float, delay: float) -> None:
    assert scrapy_settings(site, local=False, delay=asked)["DOWNLOAD_DELAY"] == delay


def test_this_machine_is_asked_without_delay(site: Settings) -> None:
    told = scrapy_settings(site, local=True, delay=None)
    assert (told["DOWNLOAD_DELAY"], told["AUTOTHROTTLE_ENABLED"]) == (0, False)


@pytest.mark.parametrize(
    ("url", "is_here"),
    [
        ("http://127.0.0.1:80", True),
        ("http://[::1]:80", True),
        ("http://localhost", True),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.1", False),
        ("http://localhost@example.org", False),
    ],
)
def test_what_is_this_machine(url: str, is_here: bool) -> None:
    assert is_loopback(url) is is_here


def test_a_host_is_told_apart_by_its_port() -> None:
    assert host_of("https://Example.org/x") == "example.org:443"
    assert host_of("http://127.0.0.1:8900/x") == "127.0.0.1:8900"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(b"3", 3.0), (b"Thu, 01 Jan 1970 00:00:00 GMT", 0.0), (b"soon", None), (None, None)],
)
def test_retry_after_is_a_number_or_a_date(header: bytes | None, seconds: float | None) -> None:
    assert seconds_of(header) == seconds
