"""FT8: secrets and personal data."""
