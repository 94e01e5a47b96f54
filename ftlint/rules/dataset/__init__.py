"""FT7: the rows of a file together."""
