"""Looking into foreign files. Everything here runs in the child process only and knows neither Django nor a network."""
