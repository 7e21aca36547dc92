"""The pages, met in a browser; a package, so that what is made for all of it ends with it."""
