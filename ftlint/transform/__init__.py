"""Files are changed: mended, and rows taken out of them."""
