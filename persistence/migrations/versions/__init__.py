"""One step each: vNNNN_name.sql, and the file of the same name that tells the tool its place in the row."""
