"""Where events come from in the embedded run: the HTTP collector, files and standard input."""
