"""What was installed: the version, and the packages that only a part of the casebook needs."""
