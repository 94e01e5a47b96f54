"""What the rows of a file are checked as: from the model, the method and what the rows look like."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ftlint.config.settings import Settings
from ftlint.formats.detect import dialect_of, format_of, looks_like_reinforcement
from ftlint.profiles.catalog import resolve
from ftlint.profiles.model import FormatName, Method, MethodName, Profile
from ftlint.rules.base import Target

if TYPE_CHECKING:
    from ftlint.formats.graders.grader import Grader


class Detected(NamedTuple):
    """What a sample of a file's rows looks like. `keys` are the most frequent keys of rows of no known format."""

    format: FormatName | None
    dialect: str | None
    reinforcement: bool = False
    objects: int = 0
    keys: tuple[str, ...] = ()


def detect(rows: Iterable[Any]) -> Detected:
    """The format, or the other tool's dialect, that most of the rows have."""
    objects = [row for row in rows if isinstance(row, dict)]
    formats: Counter[FormatName] = Counter()
    dialects: Counter[str] = Counter()
    for row in objects:
        if dialect := dialect_of(row):
            dialects[dialect] += 1
        elif format := format_of(row):
            formats[format] += 1
    if dialects.total() > formats.total():
        return Detected(None, dialects.most_common(1)[0][0], objects=len(objects))
    if formats:
        best = formats.most_common(1)[0][0]
        return Detected(best, None, best == "chat" and looks_like_reinforcement(objects), len(objects))
    keys = Counter(key for row in objects for key in row)
    return Detected(None, None, objects=len(objects), keys=tuple(key for key, _ in keys.most_common(5)))


def target_for(
    settings: Settings, profile: Profile, detected: Detected, grader: "Grader | None" = None
) -> tuple[Target, FormatName | None]:
    """The target, and the format to check rows as: None when they have no known one and none was asked for."""
    wanted = settings.format or detected.format
    if detected.objects and not detected.format and not detected.dialect:
        wanted = None  # said once for the file, whatever was asked for: every row would only repeat it
    graded = grader is not None and wanted == "chat" and "reinforcement" in profile.methods
    asked: MethodName | None = settings.method or ("reinforcement" if graded else None)
    name = asked or _method_for(profile, wanted, detected)
    method = profile.methods.get(name) or resolve(profile.provider).methods.get(name) or Method(schemas={})
    target = Target(
        profile=profile,
        method_name=name,
        method=method,
        named=profile.id is not None,
        method_given=asked is not None,
        grader=grader if name == "reinforcement" else None,
    )
    if wanted == "chat" and name == "reinforcement" and settings.format is None:
        wanted = "reinforcement"
    return target, wanted


def schema_for(target: Target, format: FormatName) -> str:
    """The schema file for rows of a format: the method's own, else the one the provider has for the format."""
    if format in target.method.schemas:
        return target.method.schemas[format]
    for method in resolve(target.profile.provider).methods.values():
        if format in method.schemas:
            return method.schemas[format]
    return f"{format}.schema.json"


def _method_for(profile: Profile, format: FormatName | None, detected: Detected) -> MethodName:
    methods = list(profile.methods)
    if len(methods) == 1:
        return methods[0]
    if format == "chat" and detected.reinforcement and "reinforcement" in methods:
        return "reinforcement"
    for name, method in profile.methods.items():
        if format in method.schemas:
            return name
    return methods[0] if methods else "supervised"


def takes(target: Target, format: FormatName) -> bool:
    """Whether the target's method takes rows of a format."""
    return format in target.method.schemas
