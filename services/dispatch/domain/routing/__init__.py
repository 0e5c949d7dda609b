"""Routing rules as plain functions over values: which rule takes a task, what keeps the others from it, and what follows."""
