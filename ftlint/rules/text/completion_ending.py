"""FT309."""

from ftlint.core.types import Edit, Fix, Severity
from ftlint.core.visible import shorten
from ftlint.rules.base import Report, Target, WholeFile
from ftlint.rules.text._examples import PREPARED, PROMPT, pairs, rows
from ftlint.rules.text.completions import DEPTH, ENDINGS, FEW, CompletionRule, Completions

CHOICES = (" END", " [END]", "###", "***", "+++", "&&&", "$$$", "@@@", "%%%")
"""Endings to add, the usual one first; no text of people ends with one."""


class CompletionEnding(CompletionRule):
    """
    Completions have no common ending, or one that also occurs inside completions.

    ## Why it matters
    A completion model learns where to stop from a fixed string at the end of every completion, which is then its
    stop sequence in use. Without one it may write on; one that stands inside completions cuts them off.

    Anything that all completions end with counts as an ending. Classes need none: where each completion comes
    three times on average, one token is asked for. Neither do rows without prompts. A file with fewer than ten
    completions is not looked at; endings of more than 16 characters are not looked for inside.

    ## Fix
    Unsafe: the ending that the other completions have, else a common one that occurs in none, such as ` END`, is put at
    the end of every completion that lacks it; give it as the stop sequence. One that occurs inside completions is left
    to you.
    """

    code = "FT309"
    name = "completion-ending"
    severity = Severity.WARNING
    help = "end every completion with one string that is nowhere else in them, and stop at it in use"

    bad = rows(pairs(PROMPT, " {0} euros for a {1}"))
    good = PREPARED

    def conclude(self, seen: Completions, file: WholeFile, target: Target, report: Report) -> None:
        """Report the first completion that shows the defect."""
        completions = seen.completions
        if completions.rows < FEW or seen.is_open_ended or seen.is_classification or completions.is_constant:
            return
        at = ("completion",)
        if ending := completions.ending:
            inside = completions.with_inside(ending) if len(ending) <= DEPTH else None
            if inside:
                message = (
                    f"All completions end with {shorten(ending)}, which also occurs inside {inside.rows:,} of them"
                )
                report(message, at=at, row=inside.place)
        elif found := completions.exceptions(ENDINGS.__contains__):
            ending, lacking = found
            do = "does" if lacking.rows == 1 else "do"
            of = f"{lacking.rows:,} of {completions.rows:,} completions"
            report(
                f"{of} {do} not end with {shorten(ending)} as the others",
                at=at,
                row=lacking.place,
                fix=_appended((ending,)),
            )
        else:
            message = "Completions do not end with a string that all of them share"
            report(message, at=at, row=completions.other, fix=_appended(CHOICES))


def _appended(endings: tuple[str, ...]) -> Fix:
    return Fix("End every completion alike", "unsafe", (Edit("append", endings, ("completion",)),))
