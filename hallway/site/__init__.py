"""The site: the frame of every page, the home page, search and errors."""
