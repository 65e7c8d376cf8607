"""The stock over HTTP: cards, life line, files, lists, searches, import and export (§4)."""
