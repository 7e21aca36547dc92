"""The base class of the widgets, their markup and their labels."""
