"""Apiwright: from a prompt to a proven FastAPI backend.

Three functions make the whole of the core; each takes values and gives values:

    plan(prompt) -> Blueprint          what the words mean
    compile_blueprint(blueprint) -> FileTree     the project, as text
    verify(directory, level) -> VerificationReport   the proof that it runs

They live in `apiwright.planner`, `apiwright.compiler` and `apiwright.verifier`, and are imported from there, so that a
program pays only for what it uses. `apiwright.pipeline` runs them in order and tells what happens as events.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
