"""What the service costs, measured beside what the same work costs without it."""
