"""Bytes from outside to Article records. Never looks at what the text means."""
