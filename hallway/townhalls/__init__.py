"""Town halls: announced, asked, on air, answered, and followed up until every promise is kept."""
