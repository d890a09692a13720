"""Where results go: Prometheus, memory."""
