"""Django's settings, made from `config.Config`; nothing here reads the environment itself."""

from email.utils import formataddr
from pathlib import Path

from hallway.config import Config

CONFIG = Config.from_environment()
PACKAGE = Path(__file__).parent

SECRET_KEY = CONFIG.secret_key
DEBUG = False
ALLOWED_HOSTS = [CONFIG.host, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [CONFIG.base_url]
BASE_URL = CONFIG.base_url

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "hallway.core",
    "hallway.journal",
    "hallway.audit",
    "hallway.company",
    "hallway.people",
    "hallway.outbox",
    "hallway.accounts",
    "hallway.spaces",
    "hallway.guests",
    "hallway.entries",
    "hallway.posts",
    "hallway.comments",
    "hallway.townhalls",
    "hallway.shares",
    "hallway.scheduled",
    "hallway.stream",
    "hallway.notifications",
    "hallway.outside",
    "hallway.owndata",
    "hallway.hub",
    "hallway.console",
    "hallway.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]

MIDDLEWARE = [
    "hallway.core.jsonlog.Answered",
    "hallway.core.faceless.Faceless",
    "hallway.core.packing.Packing",
    "hallway.core.middleware.SecurityHeaders",
    "hallway.core.sizes.Sizes",
    "hallway.site.staticfiles.Served",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "hallway.core.middleware.SameOrigin",
    "hallway.core.splicing.Splicing",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "hallway.accounts.middleware.Reader",
    "hallway.accounts.acting.StillHere",
    "hallway.accounts.requiring.SecondStep",
    "hallway.site.pacing.Pacing",
    "hallway.journal.middleware.PagePosition",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "hallway.urls"
WSGI_APPLICATION = "hallway.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": ["hallway.site.context.page"],
            "builtins": [
                "django.templatetags.i18n",
                "hallway.site.templatetags.inherit",
                "hallway.site.templatetags.look",
                "hallway.site.templatetags.still",
            ],
        },
    }
]

DATABASES = {"default": dict(CONFIG.database)}
if str(DATABASES["default"]["ENGINE"]).endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # Write transactions take the lock at once instead of failing when they upgrade.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
            " PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY;"
            # What is deleted is overwritten: keys, and who had tokens (docs/anonymity.md).
            " PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = dict(CONFIG.database["OPTIONS"]) | {  # type: ignore[call-overload]
        # One stuck transaction would stop every journal reader behind it.
        "options": "-c idle_in_transaction_session_timeout=5000 -c jit=off",
    }

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

CACHES = {
    # Limits and lockouts are shared by all processes, so they live in the database.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    # Drawn cards are cheap to draw again, so each process keeps its own.
    "cards": {
        "BACKEND": "hallway.core.shelf.Shelf",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    # Of their own, so that many who look at home do not crowd out what they look at.
    "acquaintances": {
        "BACKEND": "hallway.core.shelf.Shelf",
        "LOCATION": "acquaintances",
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    },
}

SESSION_ENGINE = "hallway.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-session" if CONFIG.is_secure else "session"
SESSION_COOKIE_SECURE = CONFIG.is_secure
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if CONFIG.is_secure else "csrf"
CSRF_COOKIE_SECURE = CONFIG.is_secure
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hallway.site.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
if CONFIG.is_secure:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LANGUAGE_CODE = CONFIG.language
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = CONFIG.time_zone
USE_I18N = True
FORMAT_MODULE_PATH = "hallway.site.formats"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = None  # served from the package itself; nothing is collected
STORAGES: dict[str, dict[str, object]] = {
    "default": {
        "BACKEND": "hallway.core.folder.Folder",
        "OPTIONS": {"location": str(CONFIG.data / "files"), "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "hallway.site.staticfiles.Built"},
}
if CONFIG.storage is not None:
    STORAGES["default"] = {
        "BACKEND": "hallway.core.bucket.Bucket",
        "OPTIONS": dict(CONFIG.storage),
    }
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 24 * 3600  # addresses carry a digest, see site.staticfiles

PUSH_SERVICES: tuple[str, ...] = ()  # those in our own network; all others must be public
# The only ones that take files.
UPLOAD_ADDRESSES = (
    r"/posts|/e/\d+/comments|/people/me/edit|/admin/people/import|/admin/settings/logo"
)
FACELESS_ADDRESSES = r"/halls/\d+/nameless"  # nothing is looked up or kept about who asks there
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10

DEFAULT_FROM_EMAIL = formataddr((CONFIG.company, CONFIG.mail_from))
if CONFIG.smtp is None:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(CONFIG.smtp)
    EMAIL_TIMEOUT = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "hallway.core.jsonlog.Lines"},
    },
    "filters": {
        "discreet": {"()": "hallway.core.loglines.Discreet"},
        "once": {"()": "hallway.core.jsonlog.Once"},
        "quiet": {"()": "hallway.core.faceless.Quiet"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": CONFIG.log_format,
            # JSON keeps words and values apart, so nothing may have been filled in before.
            "filters": [{"plain": "discreet", "json": "once"}[CONFIG.log_format]],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "hallway": {"level": "INFO"},
        "django.request": {"filters": ["quiet"]},
        # The WebSocket library tells of every screen that comes and goes.
        "hallway.hub.parser": {"level": "WARNING"},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []

from hallway.accounts.settings import *  # noqa: E402, F403 - sign-in settings have their own file
