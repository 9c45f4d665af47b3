"""Products for clusters: who is eligible, how well it suits, and the service that stores it."""
