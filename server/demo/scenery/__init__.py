"""Who and what the demonstration shows. Values only; nobody but the demonstration reads them."""
