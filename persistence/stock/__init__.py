"""The vehicles: cards, life line, files, lists, searches and imports (§4)."""
