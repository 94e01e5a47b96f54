"""FT7: the rows of a file as a whole, and those of training and validation beside each other."""
