"""The papers of a unit's share that one reader may take: letters, the form to rate with, the sealed scan."""

from django.urls import reverse

from proposals.models import Assignment, Reply, SupplementaryReply


def of_reply(reply: Reply, is_draft: bool, inside: bool) -> list[tuple[str, str]]:
    """(name, address) of each; a draft's are for those who work on it. No query."""
    if is_draft and not inside:
        return []
    word = "答复稿" if is_draft else "答复函"
    found = [(f"查看和打印{word}", reverse("proposals:reply_letter", args=[reply.pk]))]
    if reply.scan_id:
        found.append(("下载盖章件（PDF）", reverse("documents:download", args=[reply.scan_id])))
    if reply.scan_id is None or inside:
        found.append((f"下载{word}（Word）", reverse("proposals:reply_paper", args=[reply.pk])))
    return [*found, ("下载征询意见表（Word）", reverse("proposals:reply_form", args=[reply.pk]))]


def of_opinion(share: Assignment) -> tuple[str, str]:
    return "下载会办意见（Word）", reverse("proposals:opinion_paper", args=[share.pk])


def supplements_of(reply: Reply, inside: bool) -> list[SupplementaryReply]:
    """Those that were told, in order; whoever works on the share also reads the one being written."""
    return [one for one in reply.supplements.all() if inside or one.signed_at]
