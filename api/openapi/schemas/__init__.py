"""What the routes take and answer, as JSON schemas; sql/ and the services shape the same objects.

A module a subject. A schema that is `Named` stands in the document under its name.
"""
