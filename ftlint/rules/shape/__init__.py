"""FT1: the shape of a row. Found by `ftlint.formats` with the schemas; described here."""
