"""What goes to and comes from other programs: CSV, plan files, reports."""
