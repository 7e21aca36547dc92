"""The progress of a reader, which is stored in the reader's browser and shown on one page."""
