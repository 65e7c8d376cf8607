"""The matrix of rights, one module for each area of the domain: who is answered what on which route (§1.3, §1.4)."""
