"""The command line: what it says to the person at the keyboard."""
