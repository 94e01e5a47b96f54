"""FT451 to FT455: images."""
