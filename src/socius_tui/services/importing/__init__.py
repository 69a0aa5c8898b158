"""Lists that become rows of the file: what their columns are, what each row would change, writing.

An interface needs three things: `preparing.prepare` (a file becomes a list to import, with its
columns understood), `running.look` (what it would do: the preview) and `running.carry_out`.
"""
