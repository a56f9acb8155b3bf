"""Finding personal data in any text: rules without a model, for classification and publication alike."""
