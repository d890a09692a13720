"""`observer demo`: seeded traffic of the example company with known faults, sent over real HTTP, and what was found."""
