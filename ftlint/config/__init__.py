"""What the user asked for: settings, and where they are found."""
