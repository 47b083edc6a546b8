"""Every setting of Hallway, read from the environment and checked; knows nothing of Django."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from hallway.servers import ConfigError as ConfigError
from hallway.servers import database_of, smtp_of, split_address, storage_of

LANGUAGES = ("en", "de")

DOCUMENTATION: dict[str, str] = {
    "HALLWAY_DATA": "Folder for database, files and keys. Default: ./data",
    "HALLWAY_DATABASE_URL": "postgresql://user:password@host:5432/name;"
    " without it SQLite in the data folder",
    "HALLWAY_STORAGE_URL": "s3://key:secret@bucket/prefix?endpoint=https://host&region=name keeps"
    " files in an object store; without it they lie in the data folder",
    "HALLWAY_BASE_URL": "The address people type, such as https://hallway.example.com."
    " Default: http://localhost with the port of hallway run",
    "HALLWAY_SECRET_KEY": "At least 32 characters; without it made once in the data folder",
    "HALLWAY_COMPANY": "Name of the company, unless set under /admin/settings. Default: Hallway",
    "HALLWAY_LOGO": "PNG, JPEG or WebP file shown beside the mark, unless set there",
    "HALLWAY_HUE": "The one brand hue, 0 to 360, unless set there. Default: 166, a deep green",
    "HALLWAY_LANGUAGE": "Default language: en or de, unless set there. Default: en",
    "HALLWAY_TIME_ZONE": "Time zone where none is known, such as Europe/Berlin. Default: UTC",
    "HALLWAY_SMTP_URL": "smtp://user:password@host:587?security=starttls|tls|none;"
    " without it mail goes to the console",
    "HALLWAY_MAIL_FROM": "Sender of mail. Default: hallway@ the host of the base address",
    "HALLWAY_TRUSTED_PROXIES": "How many proxies in front set X-Forwarded-For. Default: 0",
    "HALLWAY_THREADS": "Threads that answer pages in one process. Default: 4",
    "HALLWAY_METRICS_TOKEN": "What Prometheus shows to read /metrics; without it there is none",
    "HALLWAY_LOG_FORMAT": "plain, or json: a line for each request and event, with nothing of"
    " persons in it. Default: plain",
    "HALLWAY_GUESTS": "Who asks guests in: managers, or administrators only. Default: managers",
    "HALLWAY_LIMITS": "off lets programs write as fast as they can, for measurements. Default: on",
}


@dataclass(frozen=True)
class Config:
    """All settings, checked.

    Made by `Config.from_environment`; fields carry the meaning documented in `DOCUMENTATION`.
    """

    data: Path
    database: Mapping[str, object]
    storage: Mapping[str, str] | None
    base_url: str
    secret_key: str
    company: str
    logo: Path | None
    hue: int
    language: str
    time_zone: str
    smtp: Mapping[str, object] | None
    mail_from: str
    trusted_proxies: int
    threads: int
    metrics_token: str
    guests: str
    limits: bool
    log_format: str

    @property
    def host(self) -> str:
        """The host name of the base address."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def is_secure(self) -> bool:
        """Whether people come over https."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Config":
        """Read and check all settings; creates the data folder and, once, the secret key.

        Raises ConfigError with one clear sentence for the first wrong setting.
        """
        unknown = sorted(
            name for name in environment if name.startswith("HALLWAY_") and name not in KNOWN
        )
        if unknown:
            raise ConfigError(
                f"{unknown[0]} is not a setting of Hallway. Known: {', '.join(DOCUMENTATION)}."
            )
        data = _folder(environment.get("HALLWAY_DATA") or "data")
        base_url = _base_url(environment.get("HALLWAY_BASE_URL") or "http://localhost:8000")
        return cls(
            data=data,
            database=database_of(environment.get("HALLWAY_DATABASE_URL", ""), data),
            storage=storage_of(environment.get("HALLWAY_STORAGE_URL", "")),
            base_url=base_url,
            secret_key=_secret_key(environment.get("HALLWAY_SECRET_KEY", ""), data),
            company=_company(environment.get("HALLWAY_COMPANY") or "Hallway"),
            logo=_logo(environment.get("HALLWAY_LOGO", "")),
            hue=_number(environment, "HALLWAY_HUE", 166, 0, 360),
            language=_one_of(environment, "HALLWAY_LANGUAGE", *LANGUAGES),
            time_zone=_time_zone(environment.get("HALLWAY_TIME_ZONE") or "UTC"),
            smtp=smtp_of(environment.get("HALLWAY_SMTP_URL", "")),
            mail_from=_mail_from(environment.get("HALLWAY_MAIL_FROM", ""), base_url),
            trusted_proxies=_number(environment, "HALLWAY_TRUSTED_PROXIES", 0, 0, 10),
            threads=_number(environment, "HALLWAY_THREADS", 4, 1, 64),
            metrics_token=_token(environment.get("HALLWAY_METRICS_TOKEN", "")),
            guests=_one_of(environment, "HALLWAY_GUESTS", "managers", "administrators"),
            limits=_one_of(environment, "HALLWAY_LIMITS", "on", "off") == "on",
            log_format=_one_of(environment, "HALLWAY_LOG_FORMAT", "plain", "json"),
        )


# Set by the tests and the make targets, not by those who run Hallway.
KNOWN = (*DOCUMENTATION, "HALLWAY_TEST_DATABASE", "HALLWAY_TEST_POSTGRESQL")


def _path(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise ConfigError(f"{name} names {text}, which cannot be found: {error}.") from error


def _folder(text: str) -> Path:
    path = _path("HALLWAY_DATA", text)
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"HALLWAY_DATA names {path}, which cannot be used: {error.strerror}."
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ConfigError(f"HALLWAY_DATA names {path}, where this user may not write.")
    return path


def _base_url(text: str) -> str:
    form = "https://hallway.example.com"
    parts = split_address("HALLWAY_BASE_URL", text, form)
    beside = parts.username or parts.password or parts.query or parts.fragment
    if (
        parts.scheme not in ("http", "https")
        or not parts.hostname
        or not re.fullmatch(r"[A-Za-z0-9.:_-]+", parts.hostname)
        or parts.path not in ("", "/")
        or beside
    ):
        raise ConfigError(f"HALLWAY_BASE_URL must look like {form}, not “{text}”.")
    return f"{parts.scheme}://{parts.netloc}"


def _company(text: str) -> str:
    if len(text) > 100 or not text.isprintable() or not text.strip():
        raise ConfigError("HALLWAY_COMPANY must be one line of at most 100 characters.")
    return text.strip()


def _mail_from(text: str, base_url: str) -> str:
    if text and not re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[^\s@<>,;\"()\\]{1,189}", text):
        raise ConfigError(
            f"HALLWAY_MAIL_FROM must be an address such as hallway@example.com, not “{text}”."
        )
    return text or f"hallway@{urlsplit(base_url).hostname}"


def _secret_key(text: str, data: Path) -> str:
    if text:
        if len(text) < 32:
            raise ConfigError("HALLWAY_SECRET_KEY must have at least 32 characters.")
        return text
    path = data / "secret-key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ConfigError(f"The secret key in {path} cannot be used: {reason}.") from error
    if len(key) < 32:
        raise ConfigError(
            f"The secret key in {path} is too short. Remove the file, and a new one is made."
        )
    return key


def _make_key(path: Path) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), "ascii")
        # link() instead of rename(): of several processes that start at once, the first wins.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def _logo(text: str) -> Path | None:
    if not text:
        return None
    path = _path("HALLWAY_LOGO", text)
    if not path.is_file():
        raise ConfigError(f"HALLWAY_LOGO names {path}, but there is no such file.")
    if not os.access(path, os.R_OK):
        raise ConfigError(f"HALLWAY_LOGO names {path}, which this user may not read.")
    if path.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp"):
        raise ConfigError("HALLWAY_LOGO must be a PNG, JPEG or WebP file.")
    return path


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name, "")
    if not text:
        return default
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if not low <= number <= high:
        raise ConfigError(f"{name} must be a number from {low} to {high}, not “{text}”.")
    return number


def _token(text: str) -> str:
    if text and not re.fullmatch(r"[!-~]{16,200}", text):
        raise ConfigError("HALLWAY_METRICS_TOKEN must have at least 16 characters, no blanks.")
    return text


def _one_of(environment: Mapping[str, str], name: str, *choices: str) -> str:
    """What is set, or the first of the choices."""
    text = environment.get(name) or choices[0]
    if text not in choices:
        raise ConfigError(f"{name} must be {' or '.join(choices)}, not “{text}”.")
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(f"HALLWAY_TIME_ZONE must be like Europe/Berlin, not “{text}”.") from error
    return text
