"""Export of the knowledge for other programs: the page, and editors of YAML."""
