"""What was saved while people wrote comes back as it was at one moment."""
