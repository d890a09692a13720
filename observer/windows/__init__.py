"""Pure folds over rollups: minutes into hours and days, and what they say about a period."""
