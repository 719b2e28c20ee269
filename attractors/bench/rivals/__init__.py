"""What users would pick for the same work: one library and way a file, each optional."""
