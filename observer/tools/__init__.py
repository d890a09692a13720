"""Martech tools: what each declares, what traffic shows of them."""
