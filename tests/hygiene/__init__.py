"""Tests of the source tree itself: layers, habits, start-up, what must not be in it."""
