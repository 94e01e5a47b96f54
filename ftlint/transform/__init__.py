"""Files are made of files: mended, converted, split, joined; rows taken out of them, and never lost."""
