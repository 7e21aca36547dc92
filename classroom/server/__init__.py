"""The server of a teaching room: sessions, votes and results, and the limits on what it accepts."""
