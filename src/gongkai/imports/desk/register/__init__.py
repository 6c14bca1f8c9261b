"""The register of issued documents as a table on the desk: upload, preview, confirmation."""
