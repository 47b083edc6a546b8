"""Django's database for PostgreSQL with plans that are kept, asked less often if it is there."""
