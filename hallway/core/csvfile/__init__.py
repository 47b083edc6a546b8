"""Reading tables people export from elsewhere, and writing tables no spreadsheet will execute."""

from hallway.core.csvfile.problems import CsvRefused, Fault, Problem
from hallway.core.csvfile.reading import Reading, Row, rows
from hallway.core.csvfile.writing import write

__all__ = ["CsvRefused", "Fault", "Problem", "Reading", "Row", "rows", "write"]
