"""Where things are at a service; how ids look is the service's own business."""

from urllib.parse import quote

from ftlint.core.errors import FtlintError
from ftlint.core.visible import shorten

FILES = "/files"
UPLOADS = "/uploads"
JOBS = "/fine_tuning/jobs"
LONGEST_ID = 500


def at(path: str, name: str, *rest: str) -> str:
    """The path of the object with an id. Raises FtlintError for what cannot be one."""
    if not name.strip() or name in (".", "..") or len(name) > LONGEST_ID:
        raise FtlintError(f"{shorten(name)} is no id")
    return "/".join((path, quote(name, safe=""), *rest))
