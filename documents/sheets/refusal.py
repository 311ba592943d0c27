from .problems import Problem


class Unreadable(Exception):
    """The workbook as a whole cannot be taken. Each problem is a sentence with the next step, with its place if it has one."""

    def __init__(self, *problems: Problem | str):
        self.problems = [Problem.of_workbook(p) if isinstance(p, str) else p for p in problems]
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        return "".join(problem.sentence for problem in self.problems)
