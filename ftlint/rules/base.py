"""What a rule is. Kinds differ in what they look at; the engine calls each with its own."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple, Protocol, TypeVar, cast

from ftlint.core.types import Edit, Fix, Place, Pointer, Problem, Severity
from ftlint.formats.views import Message, Row, Text
from ftlint.profiles.model import Method, MethodName, Profile

if TYPE_CHECKING:
    from ftlint.formats.graders.grader import Grader
    from ftlint.formats.strings import String
    from ftlint.formats.tools import Definitions


T = TypeVar("T")


class _Later:
    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = cache(make)

    def __get__(self, instance: object, owner: type) -> Any:
        return self.make()


def later(make: Callable[[], T]) -> T:
    """The value of a class attribute that is made when someone asks for it: a check asks for no example."""
    return cast("T", _Later(make))


class Report(Protocol):
    """
    What a rule calls to report: the message, and where. `at=None` means the file.

    With `on_key` the key at the end of `at` is meant, with `part` only those characters of the text there.
    `row` is for rules about a dataset: the place of one of its rows.
    """

    def __call__(
        self,
        message: str,
        at: Pointer | None = None,
        *,
        on_key: bool = False,
        part: tuple[int, int] | None = None,
        row: Place | None = None,
        help: str | None = None,
        fix: Fix | None = None,
    ) -> None: ...


class Target(NamedTuple):
    """What rows are checked for. `named`: the user chose the model; else the provider's common rules apply."""

    profile: Profile
    method_name: MethodName
    method: Method
    named: bool
    method_given: bool
    grader: "Grader | None" = None
    """The grader of the job, where one is configured and the method takes one."""


class RowLength(NamedTuple):
    """
    A row that comes near the context limit. Tokens; `last_trained` points at its last trained text or call. The
    cut is at the end, so when it takes anything that is trained, it takes of this one.
    """

    total: int
    limit: int
    trained: int
    trained_lost: int
    last_trained: Pointer
    over_limit: Literal["truncate", "reject"] | None


class FileFacts(NamedTuple):
    """What a rule about a whole file may ask. Tokens are per epoch and None when nobody counted."""

    path: str
    rows: int
    bytes: int
    epochs: int
    billed: int | None
    cost: Decimal | None
    today: date
    closing_days: int
    hyperparameters: Mapping[str, Any]
    validation: bool = False
    """The file is for validation: nobody trains on it."""
    lacks_validation: bool = False
    """There is a grader, so that the call describes the whole job, and no validation file; said once a run."""


Example = dict[str, Any] | bytes
"""A row, or the bytes of a whole file."""


class Rule:
    """
    The single truth about a rule: its code, its page (the docstring), its examples, which are tests.

    `options` are the keyword arguments of `ftlint.check` under which the examples hold. `with_codes` are the
    codes that `bad` raises besides this one, where one cannot be had without the other.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    severity: ClassVar[Severity]
    since: ClassVar[str] = "0.1"
    default: ClassVar[bool] = True
    once: ClassVar[bool] = False
    """Reported once a file, at the first place, with the number of places."""
    share: ClassVar[bool] = False
    """Of a rule that is reported once: with the number and the share of rows instead."""
    minority: ClassVar[bool] = False
    """Of a rule that is reported once: not at all where half of the rows or more have it, which is then meant."""
    formats: ClassVar[tuple[str, ...]] = ()
    """The formats of files that a rule about contents or datasets looks at; none: all."""
    provider_error: ClassVar[str | None] = None
    help: ClassVar[str | None] = None
    bad: ClassVar[Example]
    good: ClassVar[Example]
    options: ClassVar[dict[str, Any]] = {}
    subject: ClassVar[Literal["rows", "grader"]] = "rows"
    """What `bad` and `good` are; a grader stands in the file that `options` names."""
    with_codes: ClassVar[tuple[str, ...]] = ()

    def mend(self, row: dict[str, Any], problem: Problem) -> Iterable[Edit]:
        """
        The edits that mend a problem of this rule, where its fix does not hold them; none where it cannot be mended.

        `row` is the row as it was parsed, in which the problem was found a moment ago.
        """
        return ()


class MessageRule(Rule):
    """Looks at one message after another."""

    def check(self, message: Message, target: Target, report: Report) -> None:
        """Report what is wrong with one message."""
        raise NotImplementedError


class RowRule(Rule):
    """Looks at a whole row."""

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report what is wrong with one row."""
        raise NotImplementedError


class ContentRule(Rule):
    """
    Looks at the content of a row, which no other row shares: ids, arguments, images, answers.

    `applies` sees the first row of each outline (`ftlint.formats.outline`) and may depend on nothing else: rows
    that are like it are checked, or are not.
    """

    def applies(self, row: Row, target: Target) -> bool:
        """Whether rows of this outline can hold what the rule looks for."""
        raise NotImplementedError

    def check(self, row: Row, target: Target, report: Report) -> None:
        """Report what is wrong with one row."""
        raise NotImplementedError


class CallRule(ContentRule):
    """
    Looks at the calls of tools and their results: at those of rows that `ftlint.formats.tools.in_order` cannot prove
    to be as they should.
    """

    def applies(self, row: Row, target: Target) -> bool:
        """To rows with calls or results."""
        return row.calls_tools or row.has_results


class ImageRule(ContentRule):
    """Looks at the images of rows that hold some."""


class TextRule(Rule):
    """
    Looks at the texts of those rows whose bytes its trigger matches.

    `trigger` is a pattern that RE2 and `re` both read, over the raw bytes of a row. It must match wherever the
    rule could report: characters beyond ASCII as UTF-8 and as escapes, in either case of the hexadecimal digits,
    and `/` with and without a backslash. Rows that escape plain ASCII are looked at whatever the triggers say.
    """

    trigger: ClassVar[bytes]

    def check(self, text: Text, target: Target, report: Report) -> None:
        """Report what is wrong with one text."""
        raise NotImplementedError


class StringRule(Rule):
    """
    Looks at every string of those rows whose bytes its trigger matches, and at every key: wherever it stands, whatever
    the shape of the row and the format of the file. `trigger` is as a TextRule's.
    """

    trigger: ClassVar[bytes]

    def check(self, string: "String", report: Report) -> None:
        """Report what is wrong with one string or key."""
        raise NotImplementedError


class ToolsRule(Rule):
    """Looks at the definitions of tools, once for all rows that have the same."""

    def check(self, definitions: "Definitions", target: Target, report: Report) -> None:
        """Report what is wrong with one list of definitions."""
        raise NotImplementedError


class WholeFile(NamedTuple):
    """What rules about the dataset conclude from, beside what they remember."""

    rows: int
    read: Callable[[Place], Any]
    """The value of a row, read again."""
    trained_on: tuple[tuple[str, Any], ...] = ()
    """
    For a rule that compares: the training files, ordered by path, and what is remembered of each. Of a validation file
    those of the job, of a training file those of its dataset that come before it.
    """


class DatasetRule(Rule):
    """
    Looks at what only the rows of a file together show.

    What it remembers is any value that can be pickled, and None for nothing. Grouping must not matter:
    `combine(combine(a, b), c) == combine(a, combine(b, c))`. `add` and `combine` may change and return their
    first argument.

    What the outline of a row tells (`of_outline`) costs next to nothing: rows are counted by it, and what is to be
    remembered of so many rows is asked for at the end of a chunk (`counted`), behind what its rows themselves gave.
    """

    memory: ClassVar[str | None] = None
    """Rules that name the same memory share it: one of them reads the rows, each concludes. None: its own."""
    compares: ClassVar[Literal["training", "validation"] | None] = None
    """Which files it compares with training files: the validation file with all, or in a dataset each with others."""

    def applies(self, row: Row, target: Target) -> bool:
        """Whether rows of this outline are looked at, as for a ContentRule."""
        return True

    def of_outline(self, row: Row, target: Target) -> Hashable | None:
        """What the outline of a row tells, by the first row that has it, as for a ContentRule; None for nothing."""
        return None

    def counted(self, told: Any, rows: int, place: Place) -> Any:
        """What to remember of so many rows whose outlines tell the same, the first of them at `place`."""
        raise NotImplementedError

    def extract(self, row: Row, target: Target) -> Any:
        """What to remember of one row; None for nothing."""
        raise NotImplementedError

    def add(self, seen: Any, row: Row, target: Target) -> Any:
        """What to remember of the rows before, which is None for nothing, and this one. To be overridden for speed."""
        value = self.extract(row, target)
        return value if seen is None else seen if value is None else self.combine(seen, value)

    def combine(self, first: Any, second: Any) -> Any:
        """What to remember of two neighbouring parts of a file; neither is None."""
        raise NotImplementedError

    def hold(self, seen: Any, most_rows: int) -> Any:
        """The same, without holding more than so many rows in memory. Of most rules no row takes any for good."""
        return seen

    def conclude(self, seen: Any, file: WholeFile, target: Target, report: Report) -> None:
        """Report. Without a row the finding is one of the file."""
        raise NotImplementedError


class TokenRule(Rule):
    """Looks at the token count of a row that comes near the context limit."""

    def check(self, length: RowLength, report: Report) -> None:
        """Report what is wrong with one row's length."""
        raise NotImplementedError


class FileRule(Rule):
    """Looks at the figures of a file, once; `per_run` rules look at the target alone, at the first file."""

    per_run: ClassVar[bool] = False

    def check(self, file: FileFacts, target: Target, report: Report) -> None:
        """Report what is wrong with one file."""
        raise NotImplementedError
