"""Every setting is checked: a wrong one is refused in one sentence that names it."""

import re
from pathlib import Path

import pytest

from hallway.config import DOCUMENTATION, Config, ConfigError

LONG = "x" * 101
WRONG: dict[str, list[str]] = {
    "HALLWAY_DATA": ["/dev/null/data", "/proc/no/such", "~nobody-of-this-name/data"],
    "HALLWAY_DATABASE_URL": [
        "mysql://host/name", "postgresql://host", "postgresql://host:99999/name",
        "postgresql://host:port/name", "postgresql://[::1/name", "postgresql://host:0/name",
        "postgresql://host/name?sslmod=require", "/var/lib/hallway.sqlite3",
    ],
    "HALLWAY_STORAGE_URL": [
        "bucket", "https://bucket", "s3://", "s3://b", "s3://under_score", "s3://key@bucket",
        "s3://bucket:80", "s3://bucket?endpoint=host", "s3://bucket?public=1", "s3://bucket/a b",
        "s3://bucket?endpoint=https://host/path", "s3://bucket#x", "s3://bucket/../other",
    ],
    "HALLWAY_BASE_URL": [
        "hallway.example.com", "ftp://host", "https://", "https://host/path", "https://host:99999",
        "https://[::1", "https://a:b@host", "https://host?x", "https://host#x", "https://a b",
        "https://host:0",
    ],
    "HALLWAY_SECRET_KEY": ["short"],
    "HALLWAY_COMPANY": [LONG, "two\nlines", " ", "bell\a"],
    "HALLWAY_LOGO": ["/no/such.png", "/", "/etc/hostname", "~nobody-of-this-name/logo.png"],
    "HALLWAY_HUE": ["361", "-1", "green", "1.5", "٣", "9" * 5000],
    "HALLWAY_LANGUAGE": ["fr", "EN", "../en"],
    "HALLWAY_TIME_ZONE": ["Europe/Nowhere", "Europe", "../../etc/passwd", "/etc/passwd", "CEST "],
    "HALLWAY_SMTP_URL": [
        "mail.example.com", "smtp://", "smtps://host", "smtp://host:mail", "smtp://host:99999",
        "smtp://host?security=ssl", "smtp://host?secure=tls", "smtp://host/path", "smtp://[::1",
    ],
    "HALLWAY_MAIL_FROM": ["nobody", "a@b@c", "Hallway <a@b.example>", "a@b\nBcc: c@d", "@b"],
    "HALLWAY_TRUSTED_PROXIES": ["11", "-1", "yes"],
    "HALLWAY_THREADS": ["0", "65", "many"],
    "HALLWAY_METRICS_TOKEN": ["short", "two words of length", "grüße" * 5, "x" * 201],
    "HALLWAY_LOG_FORMAT": ["JSON", "text"],
    "HALLWAY_GUESTS": ["everybody", "Managers"],
    "HALLWAY_LIMITS": ["yes", "OFF", "0"],
}  # fmt: skip
RIGHT: dict[str, list[str]] = {
    "HALLWAY_DATABASE_URL": [
        "postgresql://user:p%40ss@host:5432/name?sslmode=require", "postgresql:///name?host=/run",
    ],
    "HALLWAY_STORAGE_URL": [
        "s3://files", "s3://k:s%2F+@files/a/b?endpoint=http://10.0.0.1:9000&region=eu-west-1",
    ],
    "HALLWAY_BASE_URL": ["http://[::1]:8000", "https://hallway.example.com/", "http://10.0.0.1"],
    "HALLWAY_COMPANY": ["Müller, Söhne & Co. “KG”"],
    "HALLWAY_HUE": ["0", "360", ""],
    "HALLWAY_TIME_ZONE": ["Europe/Berlin"],
    "HALLWAY_SMTP_URL": ["smtp://host", "smtp://u:p%40@host:25?security=none", "smtp://[::1]:25"],
    "HALLWAY_MAIL_FROM": ["hallway@example.com", "a.b+c@localhost", "a@[10.0.0.1]"],
}  # fmt: skip


def test_every_setting_is_tried_with_wrong_values() -> None:
    assert set(WRONG) == set(DOCUMENTATION)


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name, values in WRONG.items() for value in values],
    ids=lambda text: text[:40].encode("unicode_escape").decode(),
)
def test_a_wrong_value_is_refused_in_one_sentence(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        Config.from_environment({"HALLWAY_DATA": str(tmp_path), name: value})
    sentence = str(refused.value)
    assert name in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in RIGHT.items() for value in values]
)
def test_a_right_value_is_taken(name: str, value: str, tmp_path: Path) -> None:
    Config.from_environment({"HALLWAY_DATA": str(tmp_path), name: value})


def test_a_setting_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="HALLWAY_COMPNAY is not a setting") as refused:
        Config.from_environment({"HALLWAY_DATA": str(tmp_path), "HALLWAY_COMPNAY": "x"})
    assert set(re.findall(r"HALLWAY_\w+", str(refused.value))) == {
        *DOCUMENTATION,
        "HALLWAY_COMPNAY",
    }


def test_what_the_database_is_told_beside_its_address_arrives(tmp_path: Path) -> None:
    url = "postgresql://user:p%40ss@host:5432/name?sslmode=require"
    config = Config.from_environment({"HALLWAY_DATA": str(tmp_path), "HALLWAY_DATABASE_URL": url})
    assert config.database["PASSWORD"] == "p@ss"
    assert config.database["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("spoilt", [b"", b"\xff" * 64, b"short\n"])
def test_a_spoilt_key_file_is_refused(spoilt: bytes, tmp_path: Path) -> None:
    Config.from_environment({"HALLWAY_DATA": str(tmp_path)})
    (tmp_path / "secret-key").write_bytes(spoilt)
    with pytest.raises(ConfigError, match=r"secret key in .*secret-key"):
        Config.from_environment({"HALLWAY_DATA": str(tmp_path)})


def test_the_key_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    first = Config.from_environment({"HALLWAY_DATA": str(tmp_path)})
    assert Config.from_environment({"HALLWAY_DATA": str(tmp_path)}).secret_key == first.secret_key
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_an_object_store_needs_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hallway.servers.find_spec", lambda _name: None)
    given = {"HALLWAY_DATA": str(tmp_path), "HALLWAY_STORAGE_URL": "s3://files"}
    with pytest.raises(ConfigError, match=r"pip install hallway\[s3\]"):
        Config.from_environment(given)
