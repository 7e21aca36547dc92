"""What all widgets share: the base class, markup and words."""
