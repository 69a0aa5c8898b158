"""The use cases: the only interface that cli and ui see."""
