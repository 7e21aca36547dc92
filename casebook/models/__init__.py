"""What knowledge and cases are made of."""
