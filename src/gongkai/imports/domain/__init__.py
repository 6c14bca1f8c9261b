"""What a row means and what is wrong with it: plain Python, so that it runs in the reading child as well."""
