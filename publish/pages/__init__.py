"""What is put into, taken out of, or asked of every page of the built book."""
