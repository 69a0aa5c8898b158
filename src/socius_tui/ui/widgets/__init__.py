"""Reusable parts of a screen: data comes in, messages go out."""
