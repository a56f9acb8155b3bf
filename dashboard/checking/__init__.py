"""What must hold before a draft is signed: quotations, numbers, sources, citations, personal data, secrecy."""
