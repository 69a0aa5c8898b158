"""A report laid out as a file: Markdown, HTML or PDF; all from the same document."""
