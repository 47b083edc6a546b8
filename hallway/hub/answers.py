"""What the hub itself answers over HTTP: a few plain words, as well guarded as any page."""

from typing import Any

from hallway.core.middleware import guards

HEADERS = {
    "Content-Type": "text/plain; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    **guards(),
}


async def text(send: Any, status: int, words: str) -> None:
    """Answer with `words` and end the connection if the request is not one to go on after."""
    body = words.encode()
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers.append((b"content-length", str(len(body)).encode()))
    if status == 408:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
