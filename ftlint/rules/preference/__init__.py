"""FT601 to FT606: pairs of outputs."""
