"""`ftlint merge`."""

from __future__ import annotations

from contextlib import ExitStack

import click

from ftlint.cli import dedupe, options, output
from ftlint.cli.preparing import force_option, near_option, refuse_existing, say_next
from ftlint.core.errors import FtlintError


@click.command("merge")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("-o", "--output", "target", required=True, metavar="OUT", help="File to write.")
@click.option("--dedupe", "once", is_flag=True, help="Write rows that come again only once.")
@near_option
@click.option("--mixed", is_flag=True, help="Merge files of several formats all the same.")
@force_option
@options.text_or_json
def command(files: tuple[str, ...], target: str, once: bool, near: bool, mixed: bool, force: bool, kind: str) -> None:
    """
    Write the rows of several files to one, one file after another.

    With --dedupe, rows that come again go to OUT's .removed.jsonl. The exit status is 0, or 2 when the call is wrong
    or the files hold rows of several formats.
    """
    if near and not once:
        raise FtlintError("--near says what counts as a duplicate; it goes with --dedupe")
    if once:
        dedupe.write([*files], target, "row", near, force, kind, mixed)
        return
    from ftlint.reporters import prepared
    from ftlint.transform.atomic import atomic
    from ftlint.transform.dedupe import joined, same_format
    from ftlint.transform.rowfile import open_rows

    refuse_existing([target], files, force)
    with ExitStack() as stack:
        sources = [stack.enter_context(open_rows(path, output.standard_input())) for path in files]
        if not mixed:
            same_format(sources)
        found = joined(sources, stack.enter_context(atomic(target)))
    output.note(prepared.blank(sum(source.blank for source in found.sources)))
    if kind == "json":
        output.write(prepared.kept_json(found, target, None), None)
        return
    output.write(prepared.kept_text(found, target, None), None)
    say_next("ftlint", "check", target)
