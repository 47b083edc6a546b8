"""The server is killed while people write: nothing acknowledged is lost, nothing is there twice."""
