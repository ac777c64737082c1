"""Claims, and the records that show them on every supported Django."""
