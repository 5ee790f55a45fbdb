"""Recommenders: one contract, several families. See models/README.md."""
