"""A page that says hello, the yardstick of the home stream: same server, no database.

Twice: in a project as `django-admin startproject` makes it, and with all middleware taken out.
"""

import os
from types import SimpleNamespace

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

APPS = ["auth", "contenttypes", "sessions", "messages", "staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

settings.configure(
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=[f"django.contrib.{app}" for app in APPS],
    MIDDLEWARE=[] if os.environ.get("BARE") else MIDDLEWARE,
    ROOT_URLCONF=__name__,
    SECRET_KEY="x" * 50,
    UPLOAD_ADDRESSES="/nowhere",
    CONFIG=SimpleNamespace(is_secure=False),
    USE_TZ=True,
)


def hello(request: HttpRequest) -> HttpResponse:
    """Say hello."""
    return HttpResponse("Hello")


# What stands between server and Django in `hallway web` reads the settings when imported.
from hallway.hub.pages import Pages  # noqa: E402

urlpatterns = [path("", hello)]
application = Pages(get_wsgi_application(), 4)
