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
    "post.carry_over": "机构合并转入岗位",
    "agency.carry_over": "办理机构合并转入",
    "absence.announce": "登记外出",
    "absence.cancel": "取消外出",
    "mandate.grant": "设置代办",
    "mandate.end": "终止代办",
    "substitute.appoint": "设置B角",
    "substitute.end": "终止B角",
    "handover": "办理工作交接",
    "reminders.contacts": "设置提醒联系人",
    "reminders.look": "查看提醒联系人",
    "reminders.webhook_added": "添加提醒接收地址",
    "reminders.webhook_removed": "移除提醒接收地址",
    "reminders.webhook_tested": "测试提醒接收地址",
    "record.hand_over": "移交承办人",
    "record.move": "移交并入机构",
    "record.receive": "自被并机构接收",
    "post.end": "终止岗位",
    "agency.create": "新建机构",
    "agency.change": "修改机构",
    "agency.end": "终止机构",
    "agency.merge": "合并机构",
    "record.draft": "起草信息",
    "record.edit": "修改信息",
    "record.take_over": "接手承办",
    "record.cut": "删减正文",
    "record.uncut": "取消删减",
    "record.attach": "添加附件",
    "record.detach": "移除附件",
    "record.arrange_files": "调整附件顺序",
    "record.submit": "提交审核",
    "record.recall": "撤回修改",
    "record.approve": "审核通过",
    "record.sign": "签发",
    "record.return": "退回修改",
    "record.send_back": "退回承办人",
    "record.clear": "保密审查",
    "record.look": "上级查阅信息",
    "record.record_paper": "录入纸质签批",
    "record.publish": "公开发布",
    "record.plan_release": "设定定时发布",
    "record.plan_withdrawal": "设定定时撤下",
    "record.cancel_plan": "取消定时",
    "record.plan_done": "定时事项到时",
    "record.plan_failed": "定时事项没有办成",
    "record.keep": "不公开留存",
    "record.reevaluate": "评估能否公开",
    "record.reopen": "重新办理",
    "record.correct": "更正",
    "record.abandon": "放弃更正",
    "record.set_validity": "标注有效性",
    "record.calendar": "按日期标注有效性",
    "record.withdraw": "撤下",
    "record.discard": "作废草稿",
    "record.remove": "紧急撤下",
    "record.explain": "补写撤下原因",
    "record.republish": "重新公开",
    "record.leave": "放弃重新公开",
    "record.import": "导入信息",
    "record.import_again": "再次导入信息",
    "record.deadline_moved": "重新计算公开期限",
    "entry.released": "上线公开条目",
    "entry.corrected": "更新公开条目",
    "entry.withdrawn": "撤下公开条目",
    "entry.withdrawal_explained": "补写公开条目撤下原因",
    "entry.released_again": "重新上线公开条目",
    "entry.validity_changed": "变更公开条目有效性",
    "catalogue.replaced": "更新公开目录",
    "catalogue.arranged": "调整目录",
    "catalogue.column_added": "新增栏目",
    "review_scheme.chosen": "选定审核流程",
    "import.submit": "提交导入文件",
    "import.clear": "导入批量保密审查",
    "import.confirm": "确认批量保密审查",
    "import.refuse": "退回导入文件",
    "import.discard": "作废导入文件",
    "import.done": "导入办结",
    "import.open": "开始导入",
    "import.close": "完成导入",
    "report.submit": "上传待检查的年度报告",
    "report.confirm": "确认年度报告数值",
    "report.compare": "选定年度报告的对照",
    "report.repeat": "重新检查年度报告",
    "mail.test": "测试邮件",
}

# What verification may find, with what it means.
FLAWS: Mapping[str, tuple[str, str]] = {
    "gap": ("序号中断", "自此序号起有记录缺失。"),
    "missing event": ("记录缺失", "该序号对应的记录已不存在。"),
    "broken link": ("内容被改动", "该记录与其校验值不符，记录或其前一条被改动过。"),
    "rewritten": ("链条被重写", "该序号的校验值与此前导出的不一致。"),
    "missing tail": ("末尾缺失", "链条比此前导出的短，末尾的记录已缺失。"),
    "two heads": ("导出矛盾", "导出的链头中，同一序号有两个不同的校验值。"),
    "head file": ("导出文件异常", "导出链头的文件缺失或无法读取。"),
    "unsealed": ("插入或漏封", "链条已封存到此后，却有更早的记录没有封存。"),
}

SUBJECTS: Mapping[str, str] = {
    "person": "人员",
    "agency": "机构",
    "record": "信息",
    "entry": "公开条目",
    "import_act": "导入",
    "import_file": "导入文件",
    "report_check": "年度报告检查",
    "mail": "邮件",
}


def action(name: str) -> str:
    """The word for an action; one without a word is shown as it stands."""
    return ACTIONS.get(name, name)


def flaw(kind: str) -> tuple[str, str]:
    """Label and meaning of a flaw."""
    return FLAWS.get(kind, (kind, ""))


def subject(name: str) -> str:
    """The word for a kind of subject."""
    return SUBJECTS.get(name, name)
