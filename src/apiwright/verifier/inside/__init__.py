"""What runs inside the sandbox. Standard library only: the project's own environment is all that is there.

`zygote` is started by the interpreter of the project's environment; the modules with jobs are run by it, one forked child each. Imports are
relative, because in the sandbox this package stands alone, as `inside`.
"""
