"""The rules of notify as plain values: who is told what, in which words."""
