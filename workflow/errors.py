"""Refusals: a stable code, a sentence for people, and the next step. The same in every door."""


class Refused(Exception):
    """An act that is not done. `status` is the HTTP status that every door answers with."""

    status = 409
    code = "refused"

    def __init__(self, sentence: str, next_step: str = "", code: str | None = None):
        super().__init__(sentence)
        self.sentence = sentence
        self.next_step = next_step
        self.code = code or type(self).code

    def __str__(self) -> str:
        return self.sentence + self.next_step


class NotFound(Refused):
    """Out of the actor's reach; says nothing about whether the case exists."""

    status = 404
    code = "not_found"

    def __init__(self):
        super().__init__("没有找到这件事项，或者您无权查看。", "请返回列表，从“我的待办”进入。")


class NotAllowed(Refused):
    status = 403
    code = "not_allowed"


class TooLate(Refused):
    status = 409
    code = "too_late"


class Invalid(Refused):
    """The form of the act was not filled in rightly; `errors` maps field to sentences."""

    status = 400
    code = "invalid"

    def __init__(self, form):
        super().__init__("填写的内容有误，没有提交。", "请按提示改正后再提交。")
        self.form = form
        self.errors = {name: [str(e) for e in errors] for name, errors in form.errors.items()}
