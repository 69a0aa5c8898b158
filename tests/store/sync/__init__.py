"""How transactions of several laptops come together."""
