"""The whole of it, as people meet it: real browsers on a real server, and what the pages' own tests replay."""
