"""Tests of the house and its doors (server/)."""
