"""Finding personal data in any text: rules that need no model, for classification and for publication alike."""
