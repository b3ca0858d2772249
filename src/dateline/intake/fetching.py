"""Fetches one page from the web, once and carefully: no private address, no file, no endless answer."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from dateline.errors import DatelineError, FetchError
from dateline.intake.codings import unpack_body
from dateline.intake.pages import HTML_LIMIT, Page, PageKind, read_page

REDIRECTS = 5
"""How often a page may send us on."""

PATIENCE = 10.0
"""How long each step (connecting, waiting for bytes) may take, in seconds."""

TOTAL = 30.0
"""How long all of a fetch may take, in seconds."""

PAGES = ("text/html", "application/xhtml", "text/plain", "text/xml", "application/xml", "application/rss+xml",
          "application/atom+xml", "application/rdf+xml")  # fmt: skip
"""How the media types begin of what may be a page."""

_SENDABLE = re.compile(r"[\t\x20-\x7e]{0,2000}")
"""What a header line may hold that we send: a server's own mark of an answer comes back to it in one."""

_SAVE = "Open it in a browser, save the page and read the file."


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How far a fetch may go."""

    allow_private: bool = False
    size: int = HTML_LIMIT
    step: float = PATIENCE
    total: float = TOTAL


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: from which address in the end, with which status, header lines and body.

    Names of ``headers`` are in small letters. The body is read only where the status is 200.
    """

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]
    data: bytes
    charset: str | None

    @property
    def kind(self) -> str:
        """The media type, in small letters; empty where the server tells none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def refusal(self) -> FetchError:
        """The error that an answer without a page comes to."""
        return FetchError(
            self.url,
            f"the server answered {self.status} {self.reason}".strip(),
            "Check the address, or save the page in a browser and read the file.",
        )


@dataclass(slots=True)
class _Fetch:
    """One fetch under way in its own thread, so that its whole time can be bounded whatever it waits for."""

    url: str
    limits: FetchLimits
    deadline: float
    headers: Mapping[str, str]
    kinds: tuple[str, ...]
    answer: Fetched | None = None
    error: BaseException | None = field(default=None)

    def run(self) -> None:
        """Fetches what is there, or keeps the reason why not."""
        try:
            self.answer = _follow(self)
        except BaseException as error:  # handed to the thread that waits
            self.error = error


def fetch_page(url: str, *, allow_private: bool = False, limits: FetchLimits | None = None) -> Page:
    """The page behind a web address, decoded.

    One GET, at most five redirects, each step checked: only http and https, and (unless ``allow_private``) only hosts
    all of whose addresses are public; the connection goes to the very address that was checked.
    Raises FetchError where the page cannot be had or must not be, InputError where it cannot be read.
    """
    answer = fetch(url, limits=limits or FetchLimits(allow_private=allow_private))
    if answer.status != HTTPStatus.OK:
        raise answer.refusal()
    as_: PageKind | None = "html" if "html" in answer.kind else None
    return read_page(answer.data, answer.url, as_=as_, charset=answer.charset)


def fetch(
    url: str, *, limits: FetchLimits, headers: Mapping[str, str] | None = None, kinds: tuple[str, ...] = PAGES
) -> Fetched:
    """What a server answers, whatever its status; checked and bounded as in ``fetch_page``.

    ``headers`` are sent along (for a page that is asked for only if it changed), ``kinds`` are how the media types
    begin of which a body is read. Raises FetchError where nothing can be had, or must not be.
    """
    under_way = _Fetch(url, limits, time.monotonic() + limits.total, headers or {}, kinds)
    thread = threading.Thread(target=under_way.run, daemon=True)
    thread.start()
    thread.join(limits.total)
    if under_way.answer:
        return under_way.answer
    if under_way.error:
        raise under_way.error
    raise _too_slow(url, limits)


def _follow(fetch: _Fetch) -> Fetched:
    """The answer at the end of the redirects."""
    import httpx

    url = fetch.url
    headers = {
        "user-agent": f"Dateline/{version('dateline')}",
        "accept": "text/html,application/xhtml+xml,text/plain;q=0.8",
        "accept-encoding": "gzip, deflate",
        **{name: value for name, value in fetch.headers.items() if _SENDABLE.fullmatch(value)},
    }
    # Proxies of the environment are not used: a proxy would connect to an address that nobody checked.
    with httpx.Client(
        headers=headers, timeout=fetch.limits.step, trust_env=False, follow_redirects=False, verify=_trusted()
    ) as client:
        for _ in range(REDIRECTS + 1):
            answer = _get(client, url, fetch)
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise FetchError(fetch.url, f"the server sent us on more than {REDIRECTS} times", _SAVE)


@cache
def _trusted() -> ssl.SSLContext:
    """Whom we take a server's word from that it is who it says: made once, for it takes longer than a fetch."""
    import httpx

    return httpx.create_ssl_context(trust_env=False)


def _get(client: Any, url: str, fetch: _Fetch) -> Fetched | str:
    """The answer at an address, or the address that it sends us on to."""
    import httpx

    parts = _web_parts(url, fetch.url)
    address = _checked_address(parts, url, fetch.limits)
    name = _sent_name(parts.hostname or "", url)
    pinned = parts._replace(netloc=_netloc(address, parts.port), fragment="")
    client.cookies.clear()
    try:
        request = client.build_request(
            "GET",
            urlunsplit(pinned),
            headers={"host": _netloc(name, parts.port)},
            extensions={"sni_hostname": name},
        )
        response = client.send(request, stream=True)
        try:
            if response.is_redirect and "location" in response.headers:
                return _joined(url, str(response.headers["location"]))
            return _read(response, url, fetch)
        finally:
            response.close()
    except httpx.TimeoutException:
        raise _too_slow(url, fetch.limits) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:  # UnicodeError: what a redirect leads to
        raise FetchError(
            url, f"the page could not be fetched ({_reason(error)})", "Check the address and your connection."
        ) from None


def _read(response: Any, url: str, fetch: _Fetch) -> Fetched:
    """The answer, with its body where it is a success."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    answer = Fetched(url, response.status_code, response.reason_phrase, headers, b"", response.charset_encoding)
    if answer.status != HTTPStatus.OK:
        return answer
    if answer.kind and not answer.kind.startswith(fetch.kinds):
        raise FetchError(url, f"this is {answer.kind}, not a page", "Give the address of a report.")
    data = bytearray()
    # As it was sent: httpx itself would unpack a few hundred bytes to gigabytes before it could be stopped.
    for chunk in response.iter_raw(65536):
        data += chunk
        if len(data) > fetch.limits.size:
            raise _too_large(url, fetch.limits)
        if time.monotonic() > fetch.deadline:
            raise _too_slow(url, fetch.limits)
    body = unpack_body(bytes(data), headers.get("content-encoding", ""), fetch.limits.size)
    if body is None:
        raise FetchError(url, "what the server sent is damaged", "Try again later.")
    if len(body) > fetch.limits.size:
        raise _too_large(url, fetch.limits)
    return replace(answer, data=body)


def _joined(url: str, location: str) -> str:
    """The address that a redirect leads to; as it stands where it cannot be taken apart, and is then refused."""
    try:
        return urljoin(url, location)
    except ValueError:
        return location


def _web_parts(url: str, first: str) -> SplitResult:
    """The parts of an address of the web; other addresses are refused."""
    try:
        parts = urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_sound = SplitResult("", "", "", "", ""), False
    if parts.scheme in ("http", "https") and parts.hostname and port_is_sound and "\\" not in parts.netloc:
        return parts
    if url != first and parts.scheme:
        raise FetchError(first, f"the server sent us on to a {parts.scheme} address, which is not fetched", _SAVE)
    raise FetchError(url, "this is no web address", "Give one that begins with http:// or https://.")


def _checked_address(parts: SplitResult, url: str, limits: FetchLimits) -> str:
    """The address that a host stands for, all of its addresses having been found fit to be fetched from."""
    host = parts.hostname or ""
    try:
        found = socket.getaddrinfo(host, parts.port or 0, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise FetchError(url, f'there is no host "{host}"', "Check the address and your connection.") from None
    addresses = [str(entry[4][0]) for entry in found]
    if not limits.allow_private and not all(map(_is_public, addresses)):
        raise FetchError(
            url,
            f'"{host}" is an address of a private network, which is not fetched unasked',
            "Save the page and read the file, or allow private addresses.",
        )
    return addresses[0]


def _sent_name(host: str, url: str) -> str:
    """The name of a host as it is sent over the network, in ASCII."""
    if _is_address(host):
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        raise FetchError(url, f'there is no host "{host[:100]}"', "Check the address.") from None


def _is_public(address: str) -> bool:
    """Whether an address is one of the open internet; those that wrap another are judged by it too."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner: list[ipaddress.IPv4Address | None] = []
    if isinstance(parsed, ipaddress.IPv6Address):
        embedded = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF) if parsed in _NAT64 else None
        inner = [parsed.ipv4_mapped, parsed.sixtofour, parsed.teredo[1] if parsed.teredo else None, embedded]
    wrapped = next((one for one in inner if one is not None), None)
    if wrapped is not None:
        return _is_public(str(wrapped))
    if any(parsed.version == network.version and parsed in network for network in _CLOSED):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved and not parsed.is_unspecified


_CLOSED = tuple(
    map(
        ipaddress.ip_network,
        (
            "fec0::/10",
            "3fff::/20",
            "5f00::/16",
            "64:ff9b:1::/48",
            "192.0.0.0/24",
            "192.88.99.0/24",
            "2620:4f:8000::/48",
        ),
    )
)
"""What Python's own list calls global, or did in some version: once site-local, for documentation, for relays."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _netloc(host: str, port: int | None) -> str:
    bracketed = f"[{host}]" if ":" in host else host
    return f"{bracketed}:{port}" if port else bracketed


def _too_large(url: str, limits: FetchLimits) -> FetchError:
    size = f"{limits.size / 1_000_000:g} MB"
    return FetchError(url, f"the page is larger than {size}", "Give the page of a single report.")


def _too_slow(url: str, limits: FetchLimits) -> DatelineError:
    bounds = f"more than {limits.step:g} s for a step or {limits.total:g} s in all"
    return FetchError(url, f"the server took too long ({bounds})", "Try again later.")


def _reason(error: Exception) -> str:
    return str(error).strip() or type(error).__name__
