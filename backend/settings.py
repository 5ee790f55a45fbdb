"""Settings, read once from the environment. The only reader of `os.environ`."""

import os
import secrets
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from backend.errors import Invalid

PREFIX = "HUISHENG_"
ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")
MIN_KEY_BYTES = 32


class Settings(BaseModel):
    """Everything an operator may set, as `HUISHENG_<FIELD NAME>`."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    data_dir: Path = ROOT / "data"
    """Where the database, artifacts and secrets live."""
    database_url: str = Field(default="", pattern=r"^(sqlite:///|mysql\+pymysql://)")
    """SQLAlchemy URL. Empty: SQLite in `data_dir`. MySQL: `mysql+pymysql://…?charset=utf8mb4`."""
    host: str = "127.0.0.1"
    """Address to listen on. Anything but loopback needs `HUISHENG_SECRET_KEY`."""
    port: int = Field(default=8000, ge=1, le=65535)
    public_url: str = ""
    """Address people type, e.g. `https://music.example`. With https the cookies become Secure."""
    secret_key: str = ""
    """Signs log-ins; at least 32 bytes. Empty: made at first start, kept in `data_dir`."""
    demo: bool = True
    """Load the demo library at start when the database is empty."""
    demo_songs: int = Field(default=2400, ge=12, le=1_000_000)
    """How many songs the demo library has."""
    timezone: str = "Asia/Shanghai"
    """IANA zone of the days and hours in charts."""
    threads: int = Field(default=8, ge=1, le=64)
    """Request threads in each web worker."""
    workers: int = Field(default=0, ge=0, le=16)
    """Web worker processes. 0: one on SQLite, two otherwise."""
    limits_url: str = Field(default="memory://", pattern=r"^(memory|rediss?)://")
    """Where rate limits are counted; `redis://…` when there are several workers."""
    tools_dir: Path = ROOT / ".tools"
    """Where downloaded material lives that is not data, such as the demo's lyrics."""
    trust_proxy: bool = False
    """Take the caller's address from one reverse proxy in front."""

    tunes_megabytes: int = Field(default=300, ge=1, le=100_000)
    """How much disk the demo's tunes may take; those not heard for longest go first."""

    bert_dir: Path | None = None
    """Folder of a BERT that reads titles and lyrics; needs `requirements/bert.in`. Empty: the
    packaged sentence encoder."""
    resnet50_weights: Path | None = None
    """Weight file of keras' ResNet50 that looks at covers. Empty: the packaged network."""

    redis_url: str = Field(default="", pattern=r"^(rediss?://|$)")
    """Where the queue of jobs lives. Empty: an SQLite file in `data_dir`."""
    retrain_at: str = "10 4 * * *"
    """When recommenders learn anew if anything happened, as cron writes it, in the zone."""
    retrain_events: int = Field(default=500, ge=0)
    """They also learn after so many plays and ratings. 0: only at `retrain_at`."""

    ncm_base_url: str = Field(default="", pattern=r"^(https?://[^\s/]+(/\S*)?|$)")
    """Where the NetEase-shaped source answers, e.g. the address `huisheng replay` prints."""
    ncm_dialect: Literal["raw", "proxy"] = "raw"
    """How its addresses are spelled: as the service itself, or as proxies in front of it do."""
    ncm_permission: Literal["", "no", "yes"] = ""
    """`yes`: whoever runs a source beyond this machine has allowed the crawl."""
    musicbrainz_base_url: str = Field(
        default="https://musicbrainz.org/ws/2", pattern=r"^https?://[^\s/]+(/\S*)?$"
    )
    """Where MusicBrainz answers."""
    listenbrainz_base_url: str = Field(
        default="https://api.listenbrainz.org/1", pattern=r"^https?://[^\s/]+(/\S*)?$"
    )
    """Where ListenBrainz tells how often recordings of MusicBrainz were played."""
    lrclib_base_url: str = Field(default="", pattern=r"^(https?://[^\s/]+(/\S*)?|$)")
    """Where LRCLIB answers, e.g. `https://lrclib.net/api`. Empty: its lyrics are not fetched."""
    crawl_contact: str = ""
    """E-mail or web address in the User-Agent; sources beyond this machine need one."""
    crawl_requests: int = Field(default=200_000, ge=1)
    """Requests after which a crawl ends; the next goes on."""
    crawl_errors: int = Field(default=2_000, ge=0)
    """Failed things after which a crawl ends as failed."""
    crawl_timeout: float = Field(default=20, gt=0, le=600)
    """Seconds an answer may take."""
    import_mb: int = Field(default=200, ge=1, le=4_096)
    """Megabytes of a file that is sent to the page for import."""
    crawl_cache: bool = False
    """Keep answers in `data_dir/httpcache` while a spider is being developed."""

    llm_base_url: str = Field(default="", pattern=r"^(https?://[^\s/]+(/\S*)?|$)")
    """An OpenAI-style language model that may read moods when a person agrees, e.g.
    `http://127.0.0.1:11434/v1`. Empty: moods are read on this machine alone."""
    llm_api_key: str = ""
    """Sent to it as a Bearer token."""
    llm_model: str = ""
    """Its name there."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("name an IANA zone such as Asia/Shanghai")
        return value

    @field_validator("data_dir", "tools_dir")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return value.expanduser().resolve()

    @field_validator("public_url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("secret_key")
    @classmethod
    def _strong(cls, value: str) -> str:
        if value and len(value.encode()) < MIN_KEY_BYTES:
            raise ValueError(
                f"give at least {MIN_KEY_BYTES} bytes, e.g. from `openssl rand -hex 32`"
            )
        return value

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read `HUISHENG_*`.

        Raises:
            Invalid: a value cannot be taken; the message names the variable and the cure.
        """
        environ = os.environ if environ is None else environ
        given = {
            key.removeprefix(PREFIX).lower(): value
            for key, value in environ.items()
            if key.startswith(PREFIX) and value != ""
        }
        known = {key: value for key, value in given.items() if key in cls.model_fields}
        try:
            return cls(**known)  # type: ignore[arg-type]  # pydantic parses the strings
        except ValidationError as error:
            # What was given is not repeated: it may be a secret.
            lines = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors()]
            raise Invalid("Bad setting. " + "; ".join(lines)) from error

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'huisheng.db'}"

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def artifacts_dir(self) -> Path:
        return self.data_dir / "artifacts"

    @property
    def features_dir(self) -> Path:
        return self.data_dir / "features"

    @property
    def opinion_dir(self) -> Path:
        return self.data_dir / "opinion"

    @property
    def tunes_dir(self) -> Path:
        return self.data_dir / "tunes"

    @property
    def avatars_dir(self) -> Path:
        return self.data_dir / "avatars"

    @property
    def is_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def is_secure(self) -> bool:
        """Whether people come over https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")

    @property
    def listen(self) -> str:
        """Host and port as addresses spell them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """What to type into a browser."""
        return self.public_url or f"http://{self.listen}"

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def signing_key(self) -> str:
        """Return the key that signs log-ins, making and keeping one (0600) at first start.

        Raises:
            Invalid: listening beyond loopback without `HUISHENG_SECRET_KEY`, or a weak kept key.
        """
        if self.secret_key:
            return self.secret_key
        if not self.is_loopback:
            raise Invalid(
                f"HUISHENG_HOST={self.host} listens beyond this machine: "
                "set HUISHENG_SECRET_KEY, e.g. from `openssl rand -hex 32`."
            )
        self.data_dir.mkdir(parents=True, exist_ok=True)
        path = self.data_dir / "secret_key"
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_text().strip()
        else:
            key = secrets.token_hex(32)
            with os.fdopen(descriptor, "w") as file:
                file.write(key)
        if len(key.encode()) < MIN_KEY_BYTES:
            raise Invalid(f"{path} holds a weak key: delete the file and start again.")
        return key


def web_environment() -> dict[str, str]:
    """Return the environment of a web process: numpy works for many requests, not for one.

    Large arrays go back to the system when they are done with (glibc would soon keep them).
    """
    return {**os.environ, "OPENBLAS_NUM_THREADS": "1", "MALLOC_MMAP_THRESHOLD_": str(1 << 20)}


def quiet_tensorflow() -> None:
    """Keep TensorFlow's start-up chatter off the terminal; call before it is imported."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
