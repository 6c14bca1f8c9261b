"""The register of issued documents on the desk: figures, series with gaps, what is not public yet, rows."""
