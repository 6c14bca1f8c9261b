"""The form for words, typed, pasted from a table or read from a file."""

from typing import Any

from django import forms

from gongkai.groundwork.ui.forms import DeskForm
from gongkai.records.domain import word_lists


class WordsForm(DeskForm):
    """One word to a line."""

    words = forms.CharField(
        label="词语",
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="每行一个：词语、正确写法、级别（错误、提醒、提示），用逗号或制表符隔开，可以从表格中整块复制。"
        "正确写法和级别可以不写。",
    )

    def clean_words(self) -> tuple[word_lists.Line, ...]:
        try:
            return word_lists.read(self.cleaned_data["words"])
        except word_lists.UnreadableList as error:
            raise forms.ValidationError(str(error)) from error

    def lines(self) -> tuple[word_lists.Line, ...]:
        values: Any = self.cleaned_data["words"]
        lines: tuple[word_lists.Line, ...] = values
        return lines
