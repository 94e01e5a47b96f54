"""The one exception that reaches the user."""

from typing import ClassVar


class FtlintError(Exception):
    """
    The call was wrong or something could not be read: one sentence, with the remedy where there is one.

    The command line prints it as `ftlint: error: …` and exits with its `exit_code`.
    """

    exit_code: ClassVar[int] = 2
