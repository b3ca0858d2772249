"""Stands before the app: refuses what does not come from this app's own pages, and what is too big.

A web page anywhere can make a browser send requests to 127.0.0.1. So the app answers only to its own names (a site
cannot make its own name point here and read along), takes writes only from its own pages (``Origin``, and the seal that
``forms`` asks for), and runs no script that is not a file of its own.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.refusals import refuse
from dateline.web.settings import Settings

COOKIE = "dateline-access"
SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
    )
)  # fmt: skip
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Under "no-referrer" browsers send forms with "Origin: null", which is what a foreign page would send too.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Sent with every answer. Scripts and styles come from files of the app alone: words of a report can be neither."""

OPEN = ("/enter", "/static/desk.css", "/static/icon.svg")
"""What is answered without the token: the page where it is typed in, and its look."""


class TooLarge(Exception):
    """More bytes came than a request may bring."""


class Guard:
    """An ASGI app around another: each request is checked, each answer gets its headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or refuses it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        out = _with_headers(scope, send)
        refused = self._refusal(scope)
        if refused is not None:
            await refuse(scope, *refused)(scope, receive, out)
            return
        if self.settings.token and (left := _token_in(scope)) is not None:
            await self._let_in(scope, *left)(scope, receive, out)
            return
        await self._limited(scope, receive, out)

    def _refusal(self, scope: Scope) -> tuple[int, str, str] | None:
        """Why a request is not answered, as status, what, and what to do; None where it is."""
        headers, settings = Headers(scope=scope), self.settings
        if not _is_named(headers.get("host", ""), settings.hosts):
            return 421, "this app does not answer to that name", "Open it at the address that `dateline serve` printed."
        if len(scope.get("query_string", b"")) > settings.most_query or len(scope["path"]) > settings.most_query:
            return 414, "the address is too long", "Ask for less at once."
        if not scope.get("query_string", b"").isascii():
            return 400, "the address holds bytes that none may hold", "Write them as %, as browsers do."
        if scope["method"] not in SAFE and not _is_same_origin(headers):
            return 403, "this write does not come from a page of this app", "Use the app's own page."
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            return 400, "the length of the request makes no sense", "Send it again."
        if int(length) > settings.body_limit(scope["path"]):
            return _too_large(settings.body_limit(scope["path"]))
        if settings.token and scope["path"] not in OPEN and not self._is_let_in(scope, headers):
            return 401, "the access token is needed", "Open the address that `dateline serve` printed, or type it in."
        return None

    def _is_let_in(self, scope: Scope, headers: Headers) -> bool:
        """Whether a request knows the token: by its cookie, an Authorization header, or in its address."""
        token = self.settings.token or ""
        given = [headers.get("authorization", "").removeprefix("Bearer "), *_tokens(scope)]
        return hold(_cookie(headers), seal_of(token)) or any(hold(each, token) for each in given)

    def _let_in(self, scope: Scope, token: str, query: str) -> RedirectResponse:
        """Sends a visitor who brought the token in the address to the same address without it, with a cookie."""
        path = "/" + scope["path"].lstrip("/\\")  # never an address of another machine ("//elsewhere")
        answer = RedirectResponse(f"{path}?{query}" if query else path, 303)
        remember(answer, token, secure=self.settings.secure)
        return answer

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The app's answer, with an end to what it reads of a body whose length nobody told."""
        most, seen, begun = self.settings.body_limit(scope["path"]), 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except TooLarge:
            if not begun:
                await refuse(scope, *_too_large(most))(scope, receive, send)


def remember(answer: RedirectResponse, token: str, *, secure: bool) -> None:
    """Has the browser keep that its user knows the token; the token itself is not kept."""
    answer.set_cookie(COOKIE, seal_of(token), httponly=True, samesite="lax", secure=secure, path="/")


def seal_of(token: str) -> str:
    """What a cookie holds in place of a token."""
    return sha256(f"dateline:{token}".encode()).hexdigest()


def hold(given: str, wanted: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8", "replace"))


def _too_large(most: int) -> tuple[int, str, str]:
    return 413, f"this is more than {most // 1024:,} kB", "Send less at once."


def _is_named(host: str, hosts: tuple[str, ...]) -> bool:
    """Whether a Host header names one of the hosts, with any port or none."""
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if not name or not port.isdigit():
        name = host
    return not hosts or name.lower() in hosts


def _is_same_origin(headers: Headers) -> bool:
    """Whether a write comes from a page of this app, by what the browser itself says and no page can forge.

    Programs send no Origin; they are let pass to the seal, which they must have read off a page.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == headers.get("host", "").lower() != ""
    except ValueError:
        return False


def _tokens(scope: Scope) -> Iterator[str]:
    for name, value in _query(scope):
        if name == "token":
            yield value


def _token_in(scope: Scope) -> tuple[str, str] | None:
    """The token in the address of a page that is looked at, and the query without it."""
    if scope["method"] != "GET" or not (given := list(_tokens(scope))):
        return None
    return given[0], urlencode([(name, value) for name, value in _query(scope) if name != "token"])


def _query(scope: Scope) -> list[tuple[str, str]]:
    try:
        return parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return []


def _cookie(headers: Headers) -> str:
    try:
        kept = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return kept.value if kept else ""


def _with_headers(scope: Scope, send: Send) -> Send:
    """A way to send that puts the headers of every answer to it."""
    static = scope["path"].startswith("/static/")

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            # What a ledger says may change with every click; files of the app only with the app.
            headers.setdefault("cache-control", "no-cache" if static else "no-store")
        await send(message)

    return sending
