"""Taking in lists: the services."""
