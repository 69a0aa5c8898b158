"""The commands, one module each: `COMMAND` is what the program finds there."""
