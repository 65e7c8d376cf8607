"""To come.

To come.
"""

ROUTES = ()
