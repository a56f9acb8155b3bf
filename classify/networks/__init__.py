"""What a graph of citations says: rank by relation, communities and their names, cascades."""
