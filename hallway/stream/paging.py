"""The place in a stream that an address asks for, and the address of the next older page."""

from django.http import HttpRequest

from hallway.stream.newest import END


def before(request: HttpRequest) -> int:
    """The place in `?before=`, or the end of all places."""
    text = request.GET.get("before", "")
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        return END
    return min(int(text), END)


def older_url(request: HttpRequest, older: int | None) -> str:
    """The address of the next older page with the same filters, or ''."""
    if older is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(older)
    return f"?{query.urlencode()}"
