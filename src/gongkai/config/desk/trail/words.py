"""Chinese words for what stands in the audit trail. The trail itself keeps the identifiers."""

from collections.abc import Mapping

ACTIONS: Mapping[str, str] = {
    "session.open": "登录",
    "session.close": "退出登录",
    "account.lock": "账号锁定",
    "account.unlock": "解除锁定",
    "account.change_password": "修改密码",
    "account.reset_password": "重置密码",
    "account.end_sessions": "退出其他设备",
    "account.second_factor_on": "启用动态口令",
    "account.second_factor_off": "停用动态口令",
    "account.second_factor_removed": "代为停用动态口令",
    "person.create": "新建人员",
    "person.change": "修改人员信息",
    "person.close": "停用账号",
    "person.reopen": "恢复账号",
    "person.look": "查看人员信息",
    "post.grant": "设置岗位",
    "post.end": "终止岗位",
    "agency.create": "新建机构",
    "agency.change": "修改机构",
    "agency.end": "终止机构",
    "agency.merge": "合并机构",
    "mail.test": "测试邮件",
}

SUBJECTS: Mapping[str, str] = {
    "person": "人员",
    "agency": "机构",
    "record": "信息",
    "entry": "公开条目",
    "import_act": "导入",
    "review_scheme": "审核流程",
    "catalogue": "目录",
    "mail": "邮件",
}


def action(name: str) -> str:
    """The word for an action; one without a word is shown as it stands."""
    return ACTIONS.get(name, name)


def subject(name: str) -> str:
    """The word for a kind of subject."""
    return SUBJECTS.get(name, name)
