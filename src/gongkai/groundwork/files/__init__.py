"""Files: kept by digest, looked into only by a child process, refused with a sentence that helps."""
