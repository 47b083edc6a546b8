"""Parts of addresses."""

from django.urls.converters import IntConverter


class Number(IntConverter):
    """The number of a row: as many digits as every database takes. A longer one is no address."""

    regex = "[0-9]{1,18}"
