"""Review of an edit: validation, semantic difference, and proofs of the rulebook."""
