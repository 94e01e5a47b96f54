"""FT611 to FT615: graders and what they read."""
