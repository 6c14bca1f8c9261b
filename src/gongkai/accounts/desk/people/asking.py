"""The words of the pages that ask before something is done with a person or a post."""

from collections.abc import Mapping

from django.forms import BaseForm
from django.urls import reverse

from gongkai.accounts.domain.posts import Post
from gongkai.accounts.models import PostHolding, Substitute, User
from gongkai.groundwork.ui.parts import Confirmation, FormPage


def add_reasons(form: BaseForm, reasons: Mapping[str, str]) -> None:
    """Puts the reasons of a service beside their fields."""
    for name, reason in reasons.items():
        form.add_error(name if name in form.fields else None, reason)


def new_person() -> FormPage:
    return FormPage(
        title="新建人员",
        verb="新建",
        back_url=reverse("accounts:people"),
        sentence="新建后会生成初始密码，本人首次登录时必须修改。岗位由安全管理员设置。",
    )


def change_person(person: User) -> FormPage:
    return FormPage(title=f"修改{person.name}的信息", verb="保存", back_url=_back(person))


def grant(person: User) -> FormPage:
    return FormPage(title=f"为{person.name}设置岗位", verb="设置岗位", back_url=_back(person))


def ending(holding: PostHolding) -> FormPage:
    post = f"{holding.agency.name}{Post(holding.post).label}"
    return FormPage(
        title="终止岗位", verb="终止岗位", back_url=_back(holding.user), sentence=f"{holding.user.name}：{post}"
    )


def appointing(holding: PostHolding) -> FormPage:
    post = f"{holding.agency.name}{Post(holding.post).label}"
    return FormPage(
        title=f"为{holding.user.name}设置B角",
        verb="设置B角",
        back_url=_back(holding.user),
        sentence=f"{post}。{holding.user.name}登记外出期间，B角以自己的名义代为办理，签批标注“代”。",
    )


def ending_substitution(substitute: Substitute) -> Confirmation:
    holding = substitute.holding
    return Confirmation(
        title="终止B角",
        sentence=f"{substitute.person.name}不再担任{holding.user.name}（{Post(holding.post).label}）的B角？",
        consequences=("已经代为办理的事项和签批保持不变。",),
        verb="终止",
        back_url=_back(holding.user),
    )


def closing(person: User) -> Confirmation:
    return Confirmation(
        title=f"停用{person.name}的账号",
        sentence=f"确定停用{person.name}（{person.username}）的账号吗？",
        consequences=("立即退出所有登录。", "已办理的事项和记录保持不变。", "手头未办结的事项请先交给同事。"),
        verb="停用账号",
        back_url=_back(person),
        is_dangerous=True,
    )


def resetting(person: User) -> Confirmation:
    return Confirmation(
        title=f"重置{person.name}的密码",
        sentence=f"确定为{person.name}（{person.username}）生成新的初始密码吗？",
        consequences=("原密码立即失效，所有登录退出。", "本人下次登录时必须修改密码。"),
        verb="重置密码",
        back_url=_back(person),
    )


def removing_second_factor(person: User) -> Confirmation:
    return Confirmation(
        title=f"停用{person.name}的动态口令",
        sentence="仅在本人手机丢失或更换、无法生成动态口令时办理，请先当面或电话核实身份。",
        consequences=("本人此后仅凭密码即可登录，可自行重新启用。",),
        verb="停用动态口令",
        back_url=_back(person),
    )


def _back(person: User) -> str:
    return reverse("accounts:person", kwargs={"person_id": person.pk})
