"""The speed of a generated backend, beside hand-written twins of it, in one run."""
