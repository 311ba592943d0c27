class Unreadable(Exception):
    """The workbook as a whole cannot be taken; the text is a sentence with the next step."""

    @property
    def sentence(self) -> str:
        return str(self)
