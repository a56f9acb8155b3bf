"""Evidence packs: a signed issue with its references, texts and originals in one file that can be checked."""
