"""The database: its connections and transactions, its statements, and the built-in server."""
