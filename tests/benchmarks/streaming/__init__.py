"""What the Kafka workers are measured against, all on one broker and the same events."""
