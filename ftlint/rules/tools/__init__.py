"""FT401 to FT415: tools, calls and their results."""
