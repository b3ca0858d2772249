"""Serves the app until it is told to stop."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from dateline.errors import SettingError
from dateline.ledger import Ledger
from dateline.web.app import create_app
from dateline.web.settings import LOOPBACK, SHORTEST_TOKEN, Settings

PATIENCE = 3
"""Seconds that requests under way are given to end when the server stops."""


def serve(ledger: Path, settings: Settings, *, host: str, port: int, tell: Callable[[str], object], open: bool) -> None:
    """Serves a ledger, made where there is none, until Ctrl-C; ``tell`` is given the address once it answers.

    Raises LedgerError where the file is no ledger, SettingError where the address cannot be had.
    """
    import uvicorn

    # A new one is made, because reports can be added to it from the browser.
    Ledger.open(ledger, write=not ledger.exists()).close()
    listener = listen(host, port)
    address = address_of(host, listener.getsockname()[1], settings.token)
    config = uvicorn.Config(
        create_app(ledger, settings), log_level="warning", access_log=False, server_header=False, lifespan="off",
        timeout_keep_alive=15, timeout_graceful_shutdown=PATIENCE, h11_max_incomplete_event_size=64 * 1024,
        proxy_headers=False,
    )  # fmt: skip
    tell(address)
    if open:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    with listener:
        uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on an address. Raises SettingError where it cannot be had."""
    bare = host.strip("[]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((bare, port))
        listener.listen()  # whoever comes before the server is up waits, and is not turned away
    except (OSError, OverflowError) as error:
        listener.close()
        what = f"this address cannot be had ({getattr(error, 'strerror', None) or error})"
        raise SettingError(f"{host}:{port}", what, "Give another with --port or --host.") from None
    return listener


def address_of(host: str, port: int, token: str | None) -> str:
    """The address to open, with the token in it where one is needed.

    >>> address_of("127.0.0.1", 8765, None), address_of("::1", 8765, "secret")
    ('http://127.0.0.1:8765/', 'http://[::1]:8765/?token=secret')
    """
    named = f"[{host}]" if ":" in host and not host.startswith("[") else host
    named = "127.0.0.1" if named in ("0.0.0.0", "[::]") else named  # noqa: S104 - what is opened, not listened on
    return f"http://{named}:{port}/" + (f"?token={token}" if token else "")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host: those alone need no token."""
    return host in LOOPBACK or host == "::1" or host.startswith("127.")


def settings_for(host: str, token: str | None, names: Sequence[str] = ()) -> Settings:
    """The settings that suit an address: beyond this machine a token, and any name unless some are given.

    Raises SettingError where the token could be guessed.
    """
    if token is not None:
        check_token(token)
    called = tuple(name.lower() for name in names)
    if is_loopback(host):
        return Settings(token=token, hosts=(*LOOPBACK, host.lower(), *called))
    # Whoever is let in by the token may call this machine what he likes: a site that points its own name here has none.
    return Settings(token=token or secrets.token_urlsafe(), hosts=(*LOOPBACK, host.lower(), *called) if called else ())


def check_token(token: str) -> None:
    """Raises SettingError where a token could be guessed, or would not stand in an address."""
    if len(token) < SHORTEST_TOKEN or not token.isascii() or not all(c.isalnum() or c in "-_.~" for c in token):
        what = f"a token is {SHORTEST_TOKEN} characters or more that can stand in an address"
        raise SettingError("--token", what, "Give letters, figures, - and _, or leave it out to have one made.")
