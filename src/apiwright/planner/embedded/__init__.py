"""The embedded planner: rules and knowledge, no network, the same answer every time."""
