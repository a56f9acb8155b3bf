"""Theme shelves: chosen documents with an introduction, and the desk where they are put in order."""
