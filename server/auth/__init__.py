"""Signing in: passwords, sessions, tokens, and who it is that asks."""
