"""What must hold before a draft is signed: quotations, numbers, sources, personal data, secrecy."""
