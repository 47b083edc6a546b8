"""How large the parts of a table may be."""

MAX_CELL = 10_000
"""Characters in one cell."""

MAX_COLUMNS = 500
"""Columns in a table."""

MAX_LINE = 200_000
"""Characters in one line, and in all lines of one quoted cell together."""

MAX_LINES_IN_CELL = 100
"""Lines after which an opening quotation mark is taken to lack its end."""
