"""The WSGI application that answers pages."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
application = get_wsgi_application()

# What exists by now lives as long as the process: the collector need not look at it again, and a
# page makes thousands of objects that are gone before it would.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
