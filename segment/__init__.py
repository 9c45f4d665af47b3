"""The whole walk on files, in the terminal: python -m segment --help."""
