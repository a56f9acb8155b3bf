"""What a document is and says: department, topic, citations, duties, dates."""
