"""Coverage-guided fuzzing of the consent decoders: `make fuzz`."""
