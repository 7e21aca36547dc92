"""The server of a teaching room: what it keeps, answers and refuses."""
