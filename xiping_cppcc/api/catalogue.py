"""Every problem that the API itself can answer with, by its stable code.

Clients decide by `code`; the words may change. Refusals of the procedure (workflow.errors) bring codes
of their own, always with the status 409 unless they say otherwise. `docs/api.md` lists them all.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    status: int
    title: str
    detail: str
    next_step: str = ""


KINDS: dict[str, Kind] = {
    "parse_error": Kind(400, "内容读不懂", "提交的内容不是有效的 JSON。", "请检查格式后重新提交。"),
    "bad_request": Kind(400, "请求有误", "服务器不能处理这个请求。", "请检查后重新提交。"),
    "invalid": Kind(400, "填写有误", "填写的内容有误，没有提交。", "请按提示改正后再提交。"),
    "unknown_parameter": Kind(400, "参数不认识", "地址里有不认识的参数。", "请按接口说明改正。"),
    "invalid_parameter": Kind(400, "参数有误", "地址里的参数不符合要求。", "请按提示改正。"),
    "not_authenticated": Kind(401, "没有登录", "请先登录。", "请用账号和密码登录后再试。"),
    "invalid_token": Kind(401, "登录已失效", "登录已过期、已退出，或账号已停用。", "请重新登录。"),
    "invalid_credentials": Kind(
        401, "登录没有成功", "账号或密码不正确。", "请核对后重新输入；忘记密码请联系提案委工作人员重置。"
    ),
    "second_factor_required": Kind(
        401, "需要动态口令", "这个账号登录须用动态口令。", "请在 code 里填手机应用上的 6 位数字。"
    ),
    "second_factor_wrong": Kind(401, "动态口令不对", "动态口令不对，或已经用过。", "请等应用上出现新的数字后再试。"),
    "second_factor_setup": Kind(
        403, "请先设置动态口令", "这个账号必须使用动态口令，还没有设置。", "请先用浏览器登录门户，按提示设置。"
    ),
    "locked": Kind(
        429, "登录已暂停", "密码连续输错次数过多，登录已暂停。", "请稍后再试，或联系提案委工作人员重置密码。"
    ),
    "password_change_required": Kind(
        403, "请先修改密码", "您正在使用一次性密码，须先改成自己的密码。", "请先修改密码，再继续使用。"
    ),
    "consent_required": Kind(
        403,
        "请先阅读个人信息保护说明",
        "同意《个人信息保护说明》后才能使用我的资料和通讯录。",
        "请阅读说明并作选择，再继续使用。",
    ),
    "not_allowed": Kind(403, "没有权限", "您不能进行这项操作。", "如确需办理，请联系提案委工作人员。"),
    "csrf_failed": Kind(403, "来源没有通过校验", "没有收到页面的校验码。", "请刷新页面后重试。"),
    "not_found": Kind(404, "没有找到", "没有找到，或者您无权查看。", "请返回列表重新进入。"),
    "method_not_allowed": Kind(405, "不支持这种请求", "这个地址不支持这种请求方式。", "请按接口说明改正。"),
    "not_acceptable": Kind(406, "格式不支持", "只能以 JSON 格式答复。", "请把 Accept 改为 application/json。"),
    "request_in_progress": Kind(409, "正在处理", "同一个请求正在处理。", "请稍等片刻再查看结果。"),
    "version_mismatch": Kind(
        412, "内容已更新", "您看到的已不是最新内容，没有提交。", "请重新读取最新内容，比较后再提交。"
    ),
    "too_large": Kind(413, "内容过大", "提交的内容太大。", "请缩减后再提交；文件请先单独上传。"),
    "unsupported_media_type": Kind(
        415, "格式不支持", "不支持这种提交格式。", "请用 application/json 提交；上传文件请用 multipart/form-data。"
    ),
    "key_reused": Kind(
        422, "重复使用了请求标识", "这个 Idempotency-Key 已用于另一份内容。", "请为新的内容换一个 Idempotency-Key。"
    ),
    "precondition_required": Kind(
        428, "缺少版本", "修改时必须说明所依据的版本。", "请先读取内容，把答复里的 ETag 放进 If-Match 再提交。"
    ),
    "throttled": Kind(429, "请求过于频繁", "请求过于频繁。", "请稍后再试。"),
    "internal_error": Kind(500, "服务器出错", "服务器出错，这次操作没有完成。", "请稍后再试；多次出现请联系管理员。"),
    "unavailable": Kind(503, "暂时不能服务", "服务器暂时繁忙，这次操作没有完成。", "请稍后再试。"),
}
