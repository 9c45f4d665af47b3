"""Datasets from files: a person's own customers and products, read from CSV."""
