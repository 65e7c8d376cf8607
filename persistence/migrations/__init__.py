"""The tables of the book, as numbered steps that are SQL. A step that has been released is never changed again."""
