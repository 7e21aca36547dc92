"""Questions to a reader, and the key that answers them."""
