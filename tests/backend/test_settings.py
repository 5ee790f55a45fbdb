from pathlib import Path

import pytest

from backend.errors import Invalid
from backend.settings import ROOT, Settings, web_environment

KEY = "0123456789abcdef0123456789abcdef"


def read(**values: str) -> Settings:
    return Settings.from_environment({f"HUISHENG_{k.upper()}": v for k, v in values.items()})


def test_nothing_set_is_sqlite_on_loopback() -> None:
    settings = read()
    assert settings.is_sqlite
    assert settings.url == f"sqlite:///{ROOT / 'data' / 'huisheng.db'}"
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.demo
    assert not settings.is_secure


def test_empty_and_foreign_variables_are_passed_over() -> None:
    environ = {"HUISHENG_PORT": "", "HUISHENG_MYSQL_PASSWORD": "for compose", "PORT": "1"}
    assert Settings.from_environment(environ) == read()


def test_texts_become_what_they_mean(tmp_path: Path) -> None:
    settings = read(demo="0", port="8123", data_dir=str(tmp_path / "a" / ".." / "b"))
    assert settings.demo is False
    assert settings.port == 8123
    assert settings.data_dir == tmp_path / "b"
    assert settings.artifacts_dir == tmp_path / "b" / "artifacts"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"), ("port", "65536"), ("port", "http"),
        ("threads", "0"), ("demo_songs", "3"), ("demo", "perhaps"),
        ("timezone", "Asia/Nowhere"), ("public_url", "music.example"),
        ("secret_key", KEY[:-1]), ("database_url", "postgresql://db/x"), ("limits_url", "file://x"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_named_without_its_value(name: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(**{name: value})
    assert f"HUISHENG_{name.upper()}: " in str(refused.value)
    assert f"'{value}'" not in str(refused.value)


def test_all_bad_settings_are_told_at_once() -> None:
    with pytest.raises(Invalid, match=r"HUISHENG_PORT: .*HUISHENG_TIMEZONE: "):
        read(port="x", timezone="y")


def test_a_key_is_made_once_and_kept_for_its_owner_alone(tmp_path: Path) -> None:
    settings = read(data_dir=str(tmp_path / "new"))
    key = settings.signing_key()
    assert len(key) == 64
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert read(data_dir=str(tmp_path / "new")).signing_key() == key
    assert read(data_dir=str(tmp_path / "other")).signing_key() != key


def test_a_given_key_is_used_and_not_written_down(tmp_path: Path) -> None:
    assert read(data_dir=str(tmp_path), secret_key=KEY).signing_key() == KEY
    assert list(tmp_path.iterdir()) == []


def test_a_weak_kept_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("weak\n")
    with pytest.raises(Invalid, match="holds a weak key: delete the file"):
        read(data_dir=str(tmp_path)).signing_key()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "music.local"])
def test_listening_beyond_this_machine_needs_a_key_of_ones_own(host: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="HUISHENG_SECRET_KEY"):
        read(host=host, data_dir=str(tmp_path)).signing_key()
    assert not (tmp_path / "secret_key").exists()
    assert read(host=host, data_dir=str(tmp_path), secret_key=KEY).signing_key() == KEY


def test_addresses_are_spelt_as_browsers_take_them() -> None:
    assert read(host="::1").address == "http://[::1]:8000"
    assert read(host="localhost", port="81").listen == "localhost:81"
    public = read(public_url="https://music.example/")
    assert public.address == "https://music.example"
    assert public.is_secure


def test_a_web_process_computes_with_one_thread_and_gives_memory_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HUISHENG_PORT", "8123")
    environ = web_environment()
    assert environ["OPENBLAS_NUM_THREADS"] == "1"
    assert environ["MALLOC_MMAP_THRESHOLD_"] == "1048576"
    assert environ["HUISHENG_PORT"] == "8123"


def test_the_example_names_every_setting() -> None:
    example = (ROOT / ".env.example").read_text()
    missing = [n for n in Settings.model_fields if f"HUISHENG_{n.upper()}=" not in example]
    assert missing == []
