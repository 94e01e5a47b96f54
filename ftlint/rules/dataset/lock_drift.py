"""FT710."""

from ftlint.core.types import Severity
from ftlint.rules.base import Rule


class LockDrift(Rule):
    """
    A file is not what `ftlint.lock.json` says.

    ## Why it matters
    `ftlint lock` writes down what the training files are: the digests of their bytes and of their content, rows, tokens
    and the target. `ftlint check --locked` says what is different now: only the bytes (the order of rows, white space),
    the content (with rows and tokens before and after), the target, a file that is missing from the lock or from the
    disk. So nobody trains on data that changed without a commit that says so. That the lock was written by another
    version of ftlint, or by older facts about the model, is a note and no error.

    ## Fix
    Where the change is meant: `ftlint lock`, and commit the lock with the data.
    """

    code = "FT710"
    name = "lock-drift"
    severity = Severity.ERROR
    help = "ftlint lock writes the lock anew"

    bad = b""  # a lock lies beside the file; tests/cli/test_lock_command.py writes one
    good = b""
