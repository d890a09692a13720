"""Consent: signals decoded strictly, and one decision for each event and destination, with its reason."""
