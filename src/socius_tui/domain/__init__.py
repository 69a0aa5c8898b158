"""What a plan is and how it is judged: pure functions and frozen data."""
