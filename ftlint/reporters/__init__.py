"""
One module a format: from a finished report to text. They compute nothing and open nothing.

`RENDERERS` of `ftlint.cli.output` lists them all.
"""
