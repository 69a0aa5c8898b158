"""Exchange through PostgreSQL: a hub that takes what laptops add, and lets nothing be changed."""
