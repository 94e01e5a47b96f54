"""
The servers as fixtures: `from tests.servers.fixtures import *` in the conftest of the tests that want them.

`service` is ours alone, fresh for each test; `bridge` the same with state kept by aimock behind Prism; `either` runs a
test with the one and with the other; `cutter` stands before `service`, `cutter_before` starts one before another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.servers.bridge import Bridge
from tests.servers.cutter import Cutter
from tests.servers.nodejs import InstallFailed, NodeMissing, NodeServers
from tests.servers.nodejs import node_servers as started
from tests.servers.options import Options
from tests.servers.service import Service

__all__ = ["bridge", "cutter", "cutter_before", "either", "node_servers", "service", "service_with"]

IN_CI = "FTLINT_TESTED_IN_CI" in os.environ
"""Set by tests/conftest.py, which takes CI itself out of the environment."""


@pytest.fixture
def service_with() -> Iterator[Callable[..., Service]]:
    """Starts a service with the given options; where its own answers were at odds with the description, fails."""
    services: list[Service] = []
    with ExitStack() as stack:

        def start(**options: Any) -> Service:
            services.append(stack.enter_context(Service(Options(**options))))
            return services[-1]

        yield start
    assert [fault for service in services for fault in service.faults] == []


@pytest.fixture
def service(service_with: Callable[..., Service]) -> Service:
    """A service at its best."""
    return service_with()


@pytest.fixture(scope="session")
def node_servers() -> Iterator[NodeServers]:
    """aimock behind Prism. Skips without Node, and without what npm installs; in CI the latter fails."""
    try:
        with started() as servers:
            yield servers
    except NodeMissing as error:
        pytest.skip(f"Node servers not tested: {error}")
    except InstallFailed as error:
        if IN_CI:
            raise
        pytest.skip(f"Node servers not tested: {error}")


@pytest.fixture
def bridge(node_servers: NodeServers) -> Iterator[Bridge]:
    """aimock behind Prism, emptied, and what they lack."""
    node_servers.reset()
    with Bridge(node_servers) as bridge:
        yield bridge
    assert bridge.faults == []


@pytest.fixture(params=["python", "node"])
def either(request: pytest.FixtureRequest) -> Service:
    """The service alone, then with aimock behind Prism."""
    found: Service = request.getfixturevalue("service" if request.param == "python" else "bridge")
    return found


@pytest.fixture
def cutter_before() -> Iterator[Callable[[Service], Cutter]]:
    """Starts what can break requests to a service."""
    with ExitStack() as stack:
        yield lambda service: stack.enter_context(Cutter(service.root))


@pytest.fixture
def cutter(service: Service, cutter_before: Callable[[Service], Cutter]) -> Cutter:
    """What can break requests to `service`."""
    return cutter_before(service)
