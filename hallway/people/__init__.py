"""People: who works here, in which unit, who follows whom."""
