"""Routes of note likes: who may do what, and what is answered."""
