"""The application of `hallway web`: the same pages, and the same care for slow callers."""

from hallway.wsgi import application as django_application  # isort: skip - it names the settings

from hallway.hub.pages import Pages
from hallway.settings import CONFIG

application = Pages(django_application, CONFIG.threads)
