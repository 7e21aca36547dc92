"""Learning alone: what a reader has read and answered, kept in the reader's browser and shown on one page."""
