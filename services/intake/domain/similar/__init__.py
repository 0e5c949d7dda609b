"""Which orders speak of the same thing: read the words, compare place, object, fault and what is left, keep an index."""
