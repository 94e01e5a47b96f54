"""What a row of each format is: its schema, its views, how to recognise it."""
