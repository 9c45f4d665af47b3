"""Clusters of customers: features, K-Means, quality, profiles, and the service that stores them."""
