"""The columns of a roster, by the names offices use for them."""

from documents.sheets.tables import Column

COLUMNS = (
    Column("number", "委员编号", ("委员证号", "委员号", "编号", "证号"), one_per_row=True, width=12),
    Column("name", "姓名", ("委员姓名", "名字"), required=True, one_per_row=True, width=12),
    Column("gender", "性别", (), choices=("男", "女"), width=6),
    Column("ethnicity", "民族", (), width=8),
    Column("born", "出生年月", ("出生日期", "出生", "生日"), width=12),
    Column("native_place", "籍贯", (), width=12),
    Column("party", "党派", ("政治面貌", "党派团体"), width=12),
    Column("education", "学历", ("学历学位", "文化程度"), width=12),
    Column("sector", "界别", ("所属界别", "委员界别"), width=16),
    Column("group", "委员组", ("活动组", "所属委员组", "联络组", "界别活动组", "小组", "所在组"), width=18),
    Column("committee", "专委会", ("专门委员会", "所属专委会", "所在专委会"), width=20),
    Column("duty", "职务", ("政协职务", "席位", "专委会职务", "委员类别"), width=12),
    Column("workplace", "单位及职务", ("工作单位及职务", "单位职务", "单位和职务", "工作单位和职务"), width=30),
    Column("employer", "工作单位", ("单位", "所在单位"), width=24),
    Column("position", "行政职务", ("单位职务名称", "现任职务"), width=14),
    Column("phone", "手机", ("手机号", "手机号码", "联系电话", "电话", "移动电话", "联系方式"), width=14),
    Column("email", "电子邮箱", ("邮箱", "电子邮件"), width=20),
    Column("term", "届次", ("届", "所属届次"), width=8),
    Column("since", "任职日期", ("任职时间", "任委员时间", "增补日期", "起始日期"), width=12),
    Column("namesake", "同名说明", ("同名",), choices=("同一人", "另一人"), width=10),
)  # fmt: skip

TITLES = {column.key: column.title for column in COLUMNS}
ONE_PER_ROW = {column.key: column.title for column in COLUMNS if column.one_per_row}

# Never stored, whatever a roster offers (design §2.6).
ID_HEADERS = ("身份证", "证件号码", "公民身份号码", "公民身份证")
ID_REFUSED = (
    "名册里有“{column}”一列。本系统不收身份证号，整份名册没有读取，也没有留存。"
    "请把这一列删去（不是隐藏），另存后再导入。"
)

GUIDE = (
    "一行填一位委员。Excel 工作簿或文本表格（CSV，UTF-8 或 GBK）都可以。第一行是表头，不要改动列名；用不到的列可以删去或空着。姓名一列必须有。",
    "本系统不收身份证号、宗教信仰和家庭住址。有身份证号列的名册会整份退回，请先删去该列。",
    "委员编号：有编号的填上，以后再导入就按编号认人；没有编号的按姓名和手机认人。",
    "同名的人：编号、手机都对不上时会列出同名的人请您确认，在“同名说明”列写“同一人”或“另一人”（另一人要有编号或手机）。",
    "出生年月：写成 1975-03。任职日期：写成 2022-04-01；空着按本届开始日期。",
    "界别、委员组、专委会：写全称。系统里没有的会列出并新建。",
    "职务：委员、常委、秘书长、副主席、主席；有专委会的也可写主任、副主任、委员。",
    "手机：11 位号码，一人一个，不能重复。",
    "届次：写 11、第十一届，或带上次数的 11-4；空着按导入时所选的届。",
    "空着的格子不会抹掉系统里已有的内容。导入不会开通账号，账号另行开通并发一次性密码。",
)
