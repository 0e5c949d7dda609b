"""Reading an order's words: what kind of demand it seems to be, how soon it wants help, and how sure that is."""
