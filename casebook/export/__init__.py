"""The knowledge in the formats that others read: the page, and editors of YAML."""
