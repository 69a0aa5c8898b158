"""The program as it is used: a real terminal, real keys, a real file."""
