"""The command line: reads what is asked, calls a service, prints the answer."""
