"""The screens; each keeps its own state and calls the services."""
