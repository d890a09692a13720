"""Two versions of a contract compared: every change, graded for consumers and for producers. Pure."""
