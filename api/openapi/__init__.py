"""The API as machines read it: an OpenAPI document."""
