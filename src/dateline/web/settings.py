"""How the app is served: who may ask it, under which names, and how much of what."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""The names of this machine to itself. A page of the web that has its own name point here does not say one of them."""

SHORTEST_TOKEN = 16
"""The fewest characters of an access token: a shorter one could be guessed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What does not change while the app runs.

    ``token`` is what a visitor must know; None lets everybody in who reaches the port. ``hosts`` are the names that the
    app answers to, without the port; none lets any name pass. ``seal`` is in every page that this process draws, and a
    write must bring it back: other sites cannot read it. ``secure`` says that a proxy in front speaks HTTPS.
    """

    token: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    seal: str = field(default_factory=secrets.token_urlsafe, repr=False)
    secure: bool = False
    most_query: int = 8_192
    most_body: int = 256 * 1024
    most_upload: int = 32 * 1024 * 1024
    uploads: tuple[str, ...] = ("/add",)

    def body_limit(self, path: str) -> int:
        """How many bytes a request to a path may bring."""
        return self.most_upload if path in self.uploads else self.most_body
