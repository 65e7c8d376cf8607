"""The living demonstration: invented people and vehicles, and scripted traders that bid through the real protocol."""
