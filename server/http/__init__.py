"""The JSON routes: one module per area of the domain, and the registry from which the OpenAPI document is made."""
