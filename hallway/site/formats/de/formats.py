"""A comma parts the time from the day, as in print."""

DATETIME_FORMAT = "j. F Y, H:i"
