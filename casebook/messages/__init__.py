"""The sentences that a reader meets."""
