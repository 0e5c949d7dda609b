"""Small wishes: the wish as a value, who may take which step from where, and who sees how much."""
