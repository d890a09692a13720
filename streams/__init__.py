"""The same engine on Kafka."""
