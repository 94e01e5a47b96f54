"""`ftlint sample`."""

from __future__ import annotations

from contextlib import ExitStack

import click

from ftlint.cli import options, output
from ftlint.cli.preparing import force_option, refuse_existing, say_next, seed_option, stratify_option


@click.command("sample")
@click.argument("file")
@click.option("-n", "--rows", "count", type=click.IntRange(min=1), required=True, metavar="N", help="Rows to choose.")
@click.option("-o", "--output", "target", required=True, metavar="OUT", help="File to write.")
@stratify_option
@seed_option
@force_option
@options.text_or_json
def command(file: str, count: int, target: str, stratify: str | None, seed: int, force: bool, kind: str) -> None:
    """
    Choose N rows of a file.

    Which ones follows from their content and the seed: with more of them chosen, or rows added, most stay. They come
    in the order of the file. The exit status is 0, or 2 when the call is wrong or the file has fewer rows.
    """
    from ftlint.reporters import prepared
    from ftlint.transform.atomic import atomic
    from ftlint.transform.rowfile import open_rows
    from ftlint.transform.sample import sample

    refuse_existing([target], [file], force)
    with ExitStack() as stack:
        rows = stack.enter_context(open_rows(file, output.standard_input()))
        found = sample(rows, count, stack.enter_context(atomic(target)), seed=seed, stratify=stratify)
    output.note(prepared.blank(found.blank))
    if kind == "json":
        output.write(prepared.sample_json(found, file, target, seed), None)
        return
    output.write(prepared.sample_text(found, file, target), None)
    say_next("ftlint", "check", target)
