"""Adding reports: files, pasted words or an address are handed over, and the page tells how far they got."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path, PurePosixPath

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dateline.desk.receiving import Handed, check
from dateline.errors import NotFound
from dateline.export.outline import one_line
from dateline.model.json import VERSION
from dateline.web.answers import json_response
from dateline.web.asking import read_fields
from dateline.web.describing import ANSWER, REFUSED, Operation
from dateline.web.forms import Form, posted
from dateline.web.jobs import Job, Jobs
from dateline.web.rendering import render, shown

LONGEST = 2_000_000
"""The most characters that can be pasted."""

_ENDING = re.compile(r"(?:\.[A-Za-z0-9]{1,8}){1,2}$")


def show(request: Request) -> Response:
    """The page: the form, and what was added lately."""
    read_fields(request, ())
    return render(
        request, "adding.html", here="add", jobs=_jobs(request).all(), most=request.app.state.settings.most_upload
    )


def add(request: Request, form: Form) -> Response:
    """Puts what was handed over in line, and leads to the page that tells of it."""
    given = {name: form.text(name, most=2_000).strip() or None for name in ("address", "url", "publisher", "published")}
    words = form.text("words", most=LONGEST)
    uploads = list(form.files("files"))
    check(Handed(tuple((Path(), "") for _ in uploads), words, **given))
    folder = Path(tempfile.mkdtemp(prefix="dateline-add-")) if uploads else None
    try:
        files = tuple(_kept(each, folder, number) for number, each in enumerate(uploads) if folder)
        job = _jobs(request).put(_name(files, words, given["address"]), Handed(files, words, **given), folder)
    except BaseException:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return RedirectResponse(f"/add/{job.id}", 303)


def _kept(upload: UploadFile, folder: Path, number: int) -> tuple[Path, str]:
    """Where an upload is kept, and its own name; of that nothing but a plain ending becomes part of a path."""
    name = PurePosixPath((upload.filename or "").replace("\\", "/")).name[:200] or "a file"
    ending = _ENDING.search(name)
    path = folder / f"{number}{ending[0].lower() if ending else ''}"
    with path.open("wb") as kept:
        shutil.copyfileobj(upload.file, kept)
    return path, name


def _name(files: tuple[tuple[Path, str], ...], words: str, address: str | None) -> str:
    """What a lot is called."""
    if files:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        return f"{files[0][1]}{more}"
    return one_line(words[:400])[:80] if words.strip() else (address or "")[:200]


def show_job(request: Request) -> Response:
    """The page of one lot: how far it got, and what came of it."""
    return render(request, "adding_job.html", here="add", job=_job(request))


def show_job_json(request: Request) -> Response:
    """How far one lot got."""
    job = _job(request)
    progress, received = job.progress, job.received
    counts = received.tally if received else progress.kept if progress else None
    return json_response({
        "dateline": VERSION, "id": job.id, "name": shown(job.name), "state": job.state,
        "read": progress.done if progress else 0, "kept": counts,
        "editions": received.editions if received else [], "refusals": received.refusals if received else [],
        "error": str(job.error) if job.error else None,
    })  # fmt: skip


def _job(request: Request) -> Job:
    """The lot that is asked for. Raises NotFound where it is not remembered."""
    read_fields(request, ())
    id = request.path_params["id"]
    job = _jobs(request).get(id)
    if job is None:
        what = "nothing is being added by this name; the server may have been started anew"
        raise NotFound(id[:40], what, "What was added by then is kept. Add the rest again.")
    return job


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


_ANSWER = {"description": "How far it got.", "content": {"application/json": {"schema": ANSWER}}}
_ID = {"name": "id", "in": "path", "required": True, "description": "The id of what was handed over.",
       "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"}}  # fmt: skip
DESCRIBED: dict[str, Operation] = {
    "/add/{id}.json": {"get": {
        "summary": "How far the adding of reports got.", "parameters": [_ID],
        "responses": {"200": _ANSWER, **REFUSED},
    }},
}  # fmt: skip
ROUTES: tuple[BaseRoute, ...] = (
    Route("/add", show, methods=["GET"], name="add"),
    Route("/add", posted(add), methods=["POST"]),
    Route("/add/{id}.json", show_job_json),
    Route("/add/{id}", show_job),
)
