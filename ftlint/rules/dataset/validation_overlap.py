"""FT704."""

from typing import Any, ClassVar

from ftlint.core.types import DROP_ROW, Fix, Severity
from ftlint.core.visible import visible
from ftlint.formats.clusters import NOT_FOUND
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.dataset.rows_seen import RowsRule, RowsSeen

DROP = Fix("Drop the row from the validation file", "unsafe", (DROP_ROW,))


class ValidationOverlap(RowsRule):
    """
    A row of the validation file, or its prompt, stands in the training data as well.

    ## Why it matters
    The validation loss is to say how the model does on what it has not seen. Of rows that it was trained on it says
    how well they were learnt by heart, and looks the better the more of them there are.

    Rows are compared as in FT701, prompts as in FT703. The training files are all others that are checked, or those
    of the dataset in the configuration.

    ## Fix
    Unsafe, since it changes the data: drops the rows from the validation file. `ftlint split` makes files that share
    no prompt.

    The example is a training file; it holds for a validation file `held.jsonl` with the content
    `{"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "Yes"}]}`.
    """

    code = "FT704"
    name = "validation-overlap"
    severity = Severity.ERROR
    compares = "validation"
    help = "take the row out of one of the files; `ftlint split` makes files that share no prompt"

    options: ClassVar[dict[str, Any]] = {"validation": "held.jsonl"}
    bad = {"messages": [{"role": "user", "content": "Is 7 prime?"}, {"role": "assistant", "content": "It is"}]}
    good = {"messages": [{"role": "user", "content": "Is 8 prime?"}, {"role": "assistant", "content": "No"}]}

    def conclude(self, seen: RowsSeen, file: WholeFile, target: Target, report: Report) -> None:
        """Report each row of the validation file that the model is trained on, with the first such training row."""
        told = bytearray(len(seen))
        for path, trained in file.trained_on:
            rows, prompts = seen.contents.firsts_in(trained.contents), seen.prompts.firsts_in(trained.prompts)
            for index, (same_row, same_prompt) in enumerate(zip(rows, prompts, strict=True)):
                found = same_prompt if same_row == NOT_FOUND else same_row
                if found == NOT_FOUND or told[index]:
                    continue
                told[index] = True
                what = "Prompt" if same_row == NOT_FOUND else "Row"
                where = f"row {trained.places.at(found).row:,} of {visible(path)}"
                report(f"{what} is trained on as well: {where}", at=(), row=seen.places.reported(index), fix=DROP)
