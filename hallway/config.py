"""Every setting of Hallway, read from the environment and checked; knows nothing of Django."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

LANGUAGES = ("en", "de")

DOCUMENTATION: dict[str, str] = {
    "HALLWAY_DATA": "Folder for database, files and keys. Default: ./data",
    "HALLWAY_DATABASE_URL": "postgresql://user:password@host:5432/name;"
    " without it SQLite in the data folder",
    "HALLWAY_BASE_URL": "The address people type, such as https://hallway.example.com."
    " Default: http://localhost:8000",
    "HALLWAY_SECRET_KEY": "At least 32 characters; without it made once in the data folder",
    "HALLWAY_COMPANY": "Name of the company. Default: Hallway",
    "HALLWAY_LOGO": "Path of a PNG, JPEG or WebP file shown beside the mark",
    "HALLWAY_HUE": "The one brand hue, 0 to 360. Default: 166, a deep green",
    "HALLWAY_LANGUAGE": "Language before somebody signed in: en or de. Default: en",
    "HALLWAY_TIME_ZONE": "Time zone where none is known, such as Europe/Berlin. Default: UTC",
    "HALLWAY_SMTP_URL": "smtp://user:password@host:587?security=starttls|tls|none;"
    " without it mail goes to the console",
    "HALLWAY_MAIL_FROM": "Sender of mail. Default: hallway@ the host of the base address",
    "HALLWAY_TRUSTED_PROXIES": "How many proxies in front set X-Forwarded-For. Default: 0",
    "HALLWAY_THREADS": "Threads that answer pages in one process. Default: 4",
}


class ConfigError(Exception):
    """A setting is missing or wrong; the text says which one and what to do."""


@dataclass(frozen=True)
class Config:
    """All settings, checked.

    Made by `Config.from_environment`; fields carry the meaning documented in `DOCUMENTATION`.
    """

    data: Path
    database: Mapping[str, object]
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
                f"{unknown[0]} is not a setting of Hallway. Known: {', '.join(KNOWN)}."
            )
        data = _folder(environment.get("HALLWAY_DATA") or "data")
        base_url = _base_url(environment.get("HALLWAY_BASE_URL") or "http://localhost:8000")
        host = urlsplit(base_url).hostname
        return cls(
            data=data,
            database=_database(environment.get("HALLWAY_DATABASE_URL", ""), data),
            base_url=base_url,
            secret_key=_secret_key(environment.get("HALLWAY_SECRET_KEY", ""), data),
            company=environment.get("HALLWAY_COMPANY") or "Hallway",
            logo=_logo(environment.get("HALLWAY_LOGO", "")),
            hue=_number(environment, "HALLWAY_HUE", 166, 0, 360),
            language=_language(environment.get("HALLWAY_LANGUAGE") or "en"),
            time_zone=_time_zone(environment.get("HALLWAY_TIME_ZONE") or "UTC"),
            smtp=_smtp(environment.get("HALLWAY_SMTP_URL", "")),
            mail_from=environment.get("HALLWAY_MAIL_FROM") or f"hallway@{host}",
            trusted_proxies=_number(environment, "HALLWAY_TRUSTED_PROXIES", 0, 0, 10),
            threads=_number(environment, "HALLWAY_THREADS", 4, 1, 64),
        )


# Set by the tests and the make targets, not by those who run Hallway.
_INTERNAL = ("HALLWAY_TEST_DATABASE", "HALLWAY_TEST_POSTGRESQL")
KNOWN = (*DOCUMENTATION, *_INTERNAL)


def _folder(text: str) -> Path:
    path = Path(text).expanduser().resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"HALLWAY_DATA names {path}, which cannot be used: {error.strerror}."
        ) from error
    if not os.access(path, os.W_OK):
        raise ConfigError(f"HALLWAY_DATA names {path}, where this user may not write.")
    return path


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ConfigError(
            f"HALLWAY_BASE_URL must look like https://hallway.example.com, not “{text}”."
        )
    return f"{parts.scheme}://{parts.netloc}"


def _database(url: str, data: Path) -> Mapping[str, object]:
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "hallway.sqlite3")}
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise ConfigError(
            "HALLWAY_DATABASE_URL must look like postgresql://user:password@host:5432/name."
        )
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or str(parts.port or ""),
    }


def _secret_key(text: str, data: Path) -> str:
    if text:
        if len(text) < 32:
            raise ConfigError("HALLWAY_SECRET_KEY must have at least 32 characters.")
        return text
    path = data / "secret-key"
    if not path.exists():
        draft = data / f"secret-key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), "ascii")
        # link() instead of rename(): of several processes that start at once, the first wins.
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text("ascii").strip()


def _logo(text: str) -> Path | None:
    if not text:
        return None
    path = Path(text).expanduser().resolve()
    if not path.is_file():
        raise ConfigError(f"HALLWAY_LOGO names {path}, but there is no such file.")
    if path.suffix.lower() not in (".png", ".jpg", ".jpeg", ".webp"):
        raise ConfigError("HALLWAY_LOGO must be a PNG, JPEG or WebP file.")
    return path


def _number(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    text = environment.get(name, "")
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise ConfigError(f"{name} must be a number from {low} to {high}, not “{text}”.")
    return int(text)


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise ConfigError(f"HALLWAY_LANGUAGE must be one of {', '.join(LANGUAGES)}, not “{text}”.")
    return text


def _time_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            f"HALLWAY_TIME_ZONE must be a name such as Europe/Berlin, not “{text}”."
        ) from error
    return text


def _smtp(url: str) -> Mapping[str, object] | None:
    if not url:
        return None
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    security = query.get("security", "starttls")
    if parts.scheme != "smtp" or not parts.hostname or security not in ("starttls", "tls", "none"):
        raise ConfigError(
            "HALLWAY_SMTP_URL must look like smtp://user:password@host:587?security=starttls."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
    }
