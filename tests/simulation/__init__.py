"""The auction house in virtual time, by chance with a seed: everything real but the clock, the sockets and the disk."""
