"""The live room: an auction's house, its audience, its sessions and their sockets."""
