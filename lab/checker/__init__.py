"""Plans: what is done with a project that somebody has written, and what is seen of it."""
