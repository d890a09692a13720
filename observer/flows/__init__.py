"""Flows: sources, the hops their events take, the data products they end in."""
