"""What an editor asks of a change: is it valid, what does it mean, does everything proved still hold."""
