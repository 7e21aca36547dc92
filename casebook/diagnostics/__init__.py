"""Diagnostics of files: faults with their position and correction, and the reading and writing of files."""
