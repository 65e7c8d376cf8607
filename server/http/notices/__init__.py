"""Notifications and mail over HTTP."""
