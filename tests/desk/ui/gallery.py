"""One page with every component of the kit, so that they can be looked at and checked together."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.template import engines

from gongkai.groundwork.ui import filters, findings
from gongkai.groundwork.ui.forms import DayField, DeskForm
from gongkai.groundwork.ui.parts import Badge, ClockPanel, Fact, Step, StepState, TimelineEvent, Tone
from gongkai.groundwork.ui.shell import AgencyLink, MenuEntry, MenuSection, Shell
from gongkai.law.findings import Finding, Severity, Status

_NOW = datetime(2026, 3, 5, 14, 7, tzinfo=ZoneInfo("Asia/Shanghai"))

PAGE = """{% extends "desk/base.html" %}
{% block title %}组件{% endblock %}
{% block crumbs %}{% crumb "主动公开" "/desk/" %}{% crumb "组件" %}{% endblock %}
{% block heading %}关于印发《云溪市政府信息公开工作年度要点》的通知{% endblock %}
{% block state %}{% badge "等待审核" "waiting" %}{% endblock %}
{% block subheading %}云溪市发展和改革委员会　承办人 李明{% endblock %}
{% block actions %}<a class="btn btn-outline-secondary" href="/desk/">退回修改</a>
<button class="btn btn-primary">签发</button>{% endblock %}
{% block content %}
{% stepper steps %}
{% filters groups %}
{% table "信息列表" %}<thead><tr>{% sort_head head %}<th scope="col">状态</th>
<th scope="col">日期</th></tr></thead>
<tbody>{% for row in rows %}<tr><th scope="row" class="is-main">{{ row }}
<span class="row-note">云发改〔2026〕3号</span></th>
<td>{% badge "已公开" "good" %}</td><td class="is-day">2026-03-05</td></tr>{% endfor %}</tbody>{% endtable %}
<section><h2>表单</h2><form method="post" novalidate>{% form_errors form %}
{% for bound in form %}{% field bound basis="《条例》第二十条" %}{% endfor %}
<div class="form-actions"><button class="btn btn-primary">提交审核</button>
<a class="btn btn-link" href="/desk/">返回</a></div></form></section>
<section><h2>经过</h2>{% timeline events %}</section>
<section><h2>进度</h2>{% progress 3 10 "导入进度" %}</section>
{% empty "还没有信息" "从新建一条开始。" action="新建" url="/desk/" %}
{% endblock %}
{% block aside %}<aside class="page-aside" aria-label="办理情况">{% clock panel %}{% findings lines %}
<section class="panel"><h2>基本情况</h2>{% facts facts %}</section></aside>{% endblock %}
"""


class Sample(DeskForm):
    title = forms.CharField(label="标题", help_text="与正式文件一致，不加书名号。")
    issued_on = DayField(label="成文日期")
    genre = forms.ChoiceField(label="体裁", choices=[("", "请选择"), ("notice", "通知")])
    attribute = forms.ChoiceField(
        label="公开属性", widget=forms.RadioSelect, choices=[("proactive", "主动公开"), ("request", "依申请公开")]
    )
    agree = forms.BooleanField(label="已确认不含国家秘密", required=False, help_text="严禁上传涉密信息。")


def shell() -> Shell:
    return Shell(
        product="云溪市政府信息公开工作台",
        home_url="/desk/",
        person="李明",
        posts="承办人、保密审查员（代）",
        account_url="/desk/account/",
        sign_out_url="/desk/sign-out/",
        agency="云溪市发展和改革委员会",
        agencies=(
            AgencyLink(name="云溪市发展和改革委员会", url="/desk/", is_current=True),
            AgencyLink(name="云溪市数据局", url="/desk/", is_current=False),
        ),
        sections=(
            MenuSection(
                label="我的工作",
                entries=(
                    MenuEntry(label="今天", url="/desk/", count=12, is_pressing=True, is_current=True),
                    MenuEntry(label="等我审核", url="/desk/", count=3),
                ),
            ),
            MenuSection(label="主动公开", entries=(MenuEntry(label="信息", url="/desk/"),)),
        ),
        is_demo=True,
    )


def context() -> dict[str, object]:
    query = QueryDict("state=review&sort=-title")
    return {
        "shell": shell(),
        "form": Sample({"title": ""}),
        "steps": [
            Step(label="起草", state=StepState.DONE, note="李明 3月2日"),
            Step(label="科室审核", state=StepState.CURRENT, note="等待王芳"),
            Step(label="签发", state=StepState.TODO),
        ],
        "groups": [
            filters.choice_filter(
                query,
                param="state",
                label="状态",
                options=[("draft", "起草"), ("review", "审核中")],
                counts={"draft": 4, "review": 2},
            )
        ],
        "head": filters.sort_head(query, field="title", label="标题"),
        "rows": ["关于开展政务公开第三方评估的通知", "2025年度部门预算"],
        "events": [
            TimelineEvent(
                at=_NOW, title="退回修改", who="王芳", post="承办科室负责人", as_deputy=True, text="请补充文号。"
            ),
            TimelineEvent(at=_NOW - timedelta(days=1), title="提交审核", who="李明", post="承办人", tone=Tone.ACTIVE),
        ],
        "panel": ClockPanel(
            title="公开期限",
            state=Badge(label="即将到期", tone=Tone.WAITING),
            start_label="形成",
            start_on=date(2026, 2, 20),
            due_on=date(2026, 3, 20),
            days_text="还有11个工作日",
            share=48,
            steps=("2026年2月20日形成。", "自形成之日起20个工作日内公开（《条例》第二十六条）。", "春节假期顺延。"),
        ),
        "lines": findings.lines(
            [
                Finding(
                    code="sample",
                    severity=Severity.ERROR,
                    status=Status.FAIL,
                    where=("document_number",),
                    message="文号缺年份。",
                    expected="云发改〔2026〕3号",
                    actual="云发改3号",
                    basis="oigr-2019/26",
                )
            ],
            labels={"document_number": "文号"},
        ),
        "facts": [Fact(label="公开属性", value="主动公开"), Fact(label="索引号", value="")],
    }


def html() -> str:
    return str(engines["django"].from_string(PAGE).render(context()))
