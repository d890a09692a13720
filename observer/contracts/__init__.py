"""Data contracts: Open Data Contract Standard documents, compiled to judge events."""
