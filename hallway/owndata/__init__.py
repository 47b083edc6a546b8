"""One's own data: handing it out, and erasing it when somebody goes for good."""
