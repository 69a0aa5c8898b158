"""Reports: from the plan, the log and the journal to one document, ready to be laid out."""
