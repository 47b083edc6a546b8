"""Pages about access: coming in, links from mails, one's own sessions, inviting, leaving."""
