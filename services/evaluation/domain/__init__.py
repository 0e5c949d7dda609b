"""What evaluation knows about an order, and what it decides from it. Plain values; time and ids are arguments."""
