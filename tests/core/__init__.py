"""The ground floor: text, pictures, tables and names."""
