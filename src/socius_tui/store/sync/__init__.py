"""What the file does when laptops exchange: it packs its transactions, and takes over others."""
