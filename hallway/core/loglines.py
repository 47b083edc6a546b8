"""What may stand in the log: no key to an account, no mistake of a visitor as if it were ours."""

import logging
import re
import traceback
from typing import Any

LONGEST = 200  # characters of an address
_KEYS = re.compile(r"(/accounts/+(?:password/+reset/+key|invitation|first)/+)[^\s'\"<>]+")


class Discreet(logging.Filter):
    """Blanks the keys in addresses behind links from mails; for every handler there is.

    Answers of the 4xx kind are a visitor's doing: they are told as information, with no more of
    the address than fits a line.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 0) < 500:
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.exc_info = None
            if isinstance(record.args, tuple):
                record.args = tuple(map(_cut, record.args))
        record.msg, record.args = blanked(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = blanked("".join(traceback.format_exception(*record.exc_info)).strip())
        return True


def blanked(text: str) -> str:
    """Return `text` without keys."""
    return _KEYS.sub(r"\1…", text)


def _cut(value: Any) -> Any:
    text = str(value)
    return f"{blanked(text)[:LONGEST]}…" if len(text) > LONGEST else value
