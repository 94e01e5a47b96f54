"""The servers that publishing is tested against, as fixtures."""

from tests.servers.fixtures import *  # noqa: F403
