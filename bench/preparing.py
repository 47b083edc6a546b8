"""Fill the database of the environment; print the queries of a home page and signed-in sessions."""

import os
import sys
from importlib import import_module

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.filling import Size, fill
from bench.home import VIEWERS


def main(people: int, entries: int) -> None:
    """Fill a company of that size and sign some of its people in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    size = Size(people, entries)
    fill(size)
    keys = [session_of(1 + number * (people // VIEWERS)) for number in range(VIEWERS)]
    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = keys[0]
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    print(len(queries), *keys)


def session_of(pk: int) -> str:
    """Sign a person in and return the session's key."""
    from hallway.people.models import Person

    person = Person.objects.get(pk=pk)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.begin("bench")
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
