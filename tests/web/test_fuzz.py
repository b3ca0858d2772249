"""Whatever is sent, the app answers soundly: requests made by dice, and requests made from its own description."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from benchmarks.fuzz_web import Sent, fuzz, send
from dateline.web.app import create_app
from dateline.web.describing import PATHS
from dateline.web.pages import adding, map
from dateline.web.settings import LOOPBACK, Settings

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
DESCRIBED = [*PATHS, *map.DESCRIBED, *adding.DESCRIBED]


def test_nothing_that_is_sent_breaks_the_app(own_press: Path) -> None:
    came = fuzz(own_press, 600, seed=3)
    assert came.wrong == []
    assert came.statuses.total() == 600 and {200, 303, 400, 403, 404, 405, 421} <= set(came.statuses)


def test_bytes_that_no_address_may_hold_are_refused(press: Path) -> None:
    sent = Sent("GET", b"/api", b"who=\xd2\xff", ((b"host", b"127.0.0.1"),))
    status, _, _ = asyncio.run(send(create_app(press), sent))
    assert status == 400


@pytest.fixture(scope="session")
def schema(press: Path) -> Any:
    app = create_app(press, Settings(hosts=(*LOOPBACK, "testserver")))
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_address_for_programs_is_tried(schema: Any) -> None:
    assert sorted(each.ok().path for each in schema.get_all_operations()) == sorted(DESCRIBED)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", DESCRIBED)
def test_the_app_keeps_to_its_description(path: str, mode: GenerationMode, schema: Any) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    ask()
