"""The work that a search may do, counted in steps and not in seconds: the same on every machine."""


class Budget:
    """The `steps` of a search, and how many are `left`.

    A step is a partial explanation that is tried, or a pivot of the solver.
    """

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self.left = steps

    def spend(self, steps: int = 1) -> bool:
        """Take steps off, and return True if as many were left."""
        self.left -= steps
        return self.left >= 0
