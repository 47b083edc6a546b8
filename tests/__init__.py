"""The tests of Hallway; one folder for each package."""
