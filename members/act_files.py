"""Keeping a file that came with the form of an act (documents.act_files) as part of what the act made."""

from django.core.exceptions import ValidationError

from documents.models import Attachment
from documents.uploads import attach
from workflow.errors import Refused


def keep(file: Attachment | None, user, subject: str, pk: int) -> None:
    """Make the chosen upload part of the row; nothing for a form without a file. Raises Refused: too many, or used meanwhile."""
    if file is None:
        return
    try:
        attach([file.pk], user, subject, pk)
    except ValidationError as error:
        raise Refused("".join(error.messages), "请核对附件后再办理。", code="files") from error
