"""Acts, articles and notices as text."""

from gkformat.base.citations import Article
from gkformat.forms.law import NOTICE_2021, REGULATIONS


def test_acts_articles_and_notices_cite_themselves() -> None:
    assert str(REGULATIONS) == "《中华人民共和国政府信息公开条例》（国务院令第711号）"
    assert str(Article(REGULATIONS, "第二十条")) == "《中华人民共和国政府信息公开条例》第二十条"
    assert str(NOTICE_2021).endswith("（国办公开办函〔2021〕30号）")
