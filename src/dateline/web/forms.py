"""What is written from a page: a form, read whole, with the seal that shows that the page was ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from dateline.errors import DatelineError, SettingError
from dateline.web.guarding import hold
from dateline.web.refusals import on_error, refuse

SEAL = "seal"
"""The hidden field of every form, and ``x-dateline-seal`` the header of every request by script, that bring it."""

LONGEST = 10_000
"""The most characters of a field that says nothing else."""

MOST_FILES = 200
MOST_FIELDS = 1_000


class Form:
    """The fields of a form and its files; all of them are in memory or in a file that goes when the request does."""

    def __init__(self, items: list[tuple[str, str | UploadFile]]) -> None:
        self._items = items

    def text(self, name: str, usual: str = "", *, most: int = LONGEST) -> str:
        """A field. Raises SettingError where it is longer than it may be."""
        value = next((value for key, value in self._items if key == name and isinstance(value, str)), usual)
        if len(value) > most:
            raise SettingError(f'"{name}"', f"this is longer than {most:,} characters", "Give less.")
        return value

    def texts(self, name: str, *, most: int = LONGEST) -> list[str]:
        """All that was given under one name, such as the boxes that were ticked; each bounded as ``text`` is."""
        found = [value for key, value in self._items if key == name and isinstance(value, str)]
        if any(len(value) > most for value in found):
            raise SettingError(f'"{name}"', f"this is longer than {most:,} characters", "Give less.")
        return found

    def files(self, name: str) -> Iterator[UploadFile]:
        """The files of a field; one that was not chosen has no name and is left out."""
        yield from (each for key, each in self._items if key == name and isinstance(each, UploadFile) and each.filename)


def posted(handler: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a form: reads it, checks its seal, and calls the handler in a thread of its own."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        settings = request.app.state.settings
        most = settings.body_limit(request.url.path)
        try:
            async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=most) as fields:
                form = Form(list(fields.multi_items()))
                seal = request.headers.get("x-dateline-seal") or form.text(SEAL)
                if not hold(seal, settings.seal):
                    what, todo = "this page is older than the server", "Load the page again, and then send it."
                    return refuse(request.scope, 403, what, todo)
                return await run_in_threadpool(handler, request, form)
        except MultiPartException as error:
            return refuse(request.scope, 400, f"the form cannot be read: {error.message[:200]}", "Send it again.")
        except ClientDisconnect:
            return Response(status_code=400)
        except DatelineError as error:
            return on_error(request, error)

    return endpoint
