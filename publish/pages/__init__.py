"""Changes and checks of the pages of the built book."""
