"""The network page: a picture of at most sixty documents, the table beside it, and the policy's timeline."""
