"""What others can read but should not: sealed to the laptops of the team, signed by one of them."""
