"""FT0: the file, its encoding and its JSON. Found by `ftlint.sources` while reading; described here."""
