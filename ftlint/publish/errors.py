"""How a request can end badly. Each has an exit status of its own."""

from typing import ClassVar

from ftlint.core.errors import FtlintError

REJECTED = 3
"""The service refused a request, or a job ended without a model."""
UNKNOWN = 4
"""Nobody knows whether the service took a request."""


class Unreachable(FtlintError):
    """Nothing was sent, or nothing but a question: there was no connection, or no answer."""


class Refused(FtlintError):
    """
    The service answered, and did not do what was asked: `status` is that of HTTP, `code` the service's own.

    `said` is what it said, as it said it; the message is for people, with the remedy. `retry_after` is how many
    seconds it asked to wait.
    """

    exit_code: ClassVar[int] = REJECTED

    def __init__(self, message: str, status: int, code: str | None = None, said: str = "") -> None:
        super().__init__(message)
        self.status, self.code, self.said = status, code, said
        self.retry_after: float | None = None


class JobFailed(FtlintError):
    """A job ended without a model."""

    exit_code: ClassVar[int] = REJECTED


class UnknownOutcome(FtlintError):
    """A request was sent and no answer that makes sense came back: it may have been done."""

    exit_code: ClassVar[int] = UNKNOWN


class Garbled(UnknownOutcome):
    """An answer came back that is not one of the API."""
