"""Forms and questions that lie over a screen."""
