"""The house and its doors: the live auctions, the sockets, the JSON routes, the command.

Imports the rules (`engine`) and the book (`persistence`); nothing imports it.
"""
