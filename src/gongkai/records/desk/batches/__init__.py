"""Acts on many records on the desk: the preview, and what became of each."""
