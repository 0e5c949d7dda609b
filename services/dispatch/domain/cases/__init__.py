"""Common demand: cases of many orders with one root cause."""
