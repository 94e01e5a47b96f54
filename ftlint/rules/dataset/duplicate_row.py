"""FT701."""

from ftlint.core.types import DROP_ROW, Fix, Severity
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.dataset.rows_seen import RowsRule, RowsSeen, earlier

DROP = Fix("Drop the row", "unsafe", (DROP_ROW,))


class DuplicateRow(RowsRule):
    """
    A row says the same as an earlier one.

    ## Why it matters
    A row that is there twice counts twice: its tokens are paid twice an epoch, and the model learns its answer by
    heart where it should learn from it. Mostly rows get in twice when files are put together.

    Rows are the same when their JSON is, whatever the order of keys, white space, escapes, and the way Unicode
    composes a character. Every row but the first is reported, with the number of the first. The training files of a
    dataset in the configuration are compared with each other, too: the first is in the one whose path comes first.

    `max-duplicates` counts these rows, whether or not this rule is selected. Rows with an error of shape are not
    compared.

    ## Fix
    Unsafe, since rows may be repeated on purpose: drops every row but the first. `ftlint dedupe` does the same for
    several files together.
    """

    code = "FT701"
    name = "duplicate-row"
    severity = Severity.WARNING
    compares = "training"
    help = "keep one of them; to weigh rows more heavily on purpose, ignore this rule"

    bad = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"content": "Hi", "role": "user"}, {"content": "Hello", "role": "assistant"}]}\n'
    )
    good = (
        b'{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}\n'
        b'{"messages": [{"role": "user", "content": "Bye"}, {"role": "assistant", "content": "See you"}]}\n'
    )

    def conclude(self, seen: RowsSeen, file: WholeFile, target: Target, report: Report) -> None:
        """Report each row that says the same as an earlier one, of this file or of one that comes before it."""
        for row, first in earlier(seen.contents, [other.contents for _, other in file.trained_on]):
            where = self.told(first, seen, file)
            report(f"Row says the same as {where}", at=(), row=seen.places.reported(row), fix=DROP)
