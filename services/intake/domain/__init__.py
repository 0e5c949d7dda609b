"""The rules of intake as plain functions over values: no I/O, no clock, no chance of their own."""
