"""Photos of the demonstration's vehicles, drawn here: no picture is anybody's, and no car is a real maker's."""
