"""How many wrong passwords are too many, and for how long; read by settings, so without Django."""

from datetime import timedelta

COOL_OFF = timedelta(minutes=15)

# One client at one account is guessing; one account from many clients is guessed at by many; one
# client at many accounts may be an office behind one address, so it gets the most.
PARAMETERS: list[str | list[str]] = [["username", "ip_address"], "username", "ip_address"]
LIMITS = (5, 20, 100)
