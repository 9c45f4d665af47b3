"""Clusters of customers: features, K-Means, quality, profiles, and the service that stores them."""

import os

# joblib warns where it can't count the physical cores, which is on every machine without lscpu.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", str(os.cpu_count() or 1))
