"""Exchange with other laptops: one way of merging, and two ways for transactions to travel."""
