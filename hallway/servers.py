"""The servers Hallway talks to, each named by one address: database, object store, mail."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class ConfigError(Exception):
    """A setting is missing or wrong; the text says which one and what to do."""


# What libpq is told besides address and name.
_LIBPQ = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name")


def database_of(url: str, data: Path) -> Mapping[str, object]:
    """Django's settings for the database at `url`; without it SQLite in the folder `data`."""
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(data / "hallway.sqlite3")}
    form = "postgresql://user:password@host:5432/name"
    parts = split_address("HALLWAY_DATABASE_URL", url, form)
    if parts.scheme not in ("postgresql", "postgres") or len(parts.path) < 2:
        raise ConfigError(f"HALLWAY_DATABASE_URL must look like {form}.")
    query = dict(parse_qsl(parts.query))
    for name in query:
        if name not in ("user", "host", "port", *_LIBPQ):
            raise ConfigError(f"HALLWAY_DATABASE_URL has “{name}” in it, which Hallway passes by.")
    return {
        "ENGINE": "hallway.core.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or parts.hostname or "",
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "OPTIONS": query,
    }


def storage_of(url: str) -> Mapping[str, str] | None:
    """What `core.bucket.Bucket` wants to know of the object store at `url`; None without it."""
    if not url:
        return None
    form = "s3://key:secret@bucket/prefix?endpoint=https://host&region=name"
    parts = split_address("HALLWAY_STORAGE_URL", url, form)
    query = dict(parse_qsl(parts.query))
    endpoint, region = query.pop("endpoint", ""), query.pop("region", "")
    prefix = parts.path.strip("/")
    known = parts.scheme == "s3" and not query and not parts.fragment and parts.port is None
    named = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", parts.hostname or "")
    whole = bool(parts.username) == bool(parts.password)
    foldered = all(re.fullmatch(r"[\w-]+", each, re.ASCII) for each in prefix.split("/") if prefix)
    if not (known and named and whole and foldered):
        raise ConfigError(f"HALLWAY_STORAGE_URL must look like {form}.")
    if endpoint and not re.fullmatch(r"https?://[^/?#@\s]+", endpoint):
        raise ConfigError("HALLWAY_STORAGE_URL: endpoint must be like https://s3.example.com.")
    if find_spec("boto3") is None:
        raise ConfigError("HALLWAY_STORAGE_URL needs one package more: pip install hallway[s3].")
    return {
        "bucket": parts.hostname or "",
        "prefix": prefix,
        "endpoint": endpoint,
        # Stores other than Amazon's have no regions, but a signature names one.
        "region": region or ("us-east-1" if endpoint else ""),
        "key": unquote(parts.username or ""),
        "secret": unquote(parts.password or ""),
    }


def smtp_of(url: str) -> Mapping[str, object] | None:
    """Django's settings for the mail server at `url`; None without it."""
    if not url:
        return None
    form = "smtp://user:password@host:587?security=starttls"
    parts = split_address("HALLWAY_SMTP_URL", url, form)
    query = dict(parse_qsl(parts.query))
    security = query.pop("security", "starttls")
    known = security in ("starttls", "tls", "none") and not query and parts.path in ("", "/")
    if parts.scheme != "smtp" or not parts.hostname or not known:
        raise ConfigError(f"HALLWAY_SMTP_URL must look like {form}.")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or 587,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": security == "starttls",
        "EMAIL_USE_SSL": security == "tls",
    }


def split_address(name: str, url: str, form: str) -> SplitResult:
    """Take an address apart; an impossible port or bracket is as wrong as another scheme."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ConfigError(f"{name} must look like {form}: {error}.") from error
    if port == 0:
        raise ConfigError(f"{name} must look like {form}: nothing listens on port 0.")
    return parts
