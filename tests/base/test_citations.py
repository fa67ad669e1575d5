"""Acts, articles and notices as text."""

from gkformat.base.citations import Article, Notice
from gkformat.base.words import Words
from gkformat.forms.law import NOTICE_2021, REGULATIONS


def test_acts_articles_and_notices_cite_themselves() -> None:
    assert str(REGULATIONS) == "《中华人民共和国政府信息公开条例》（国务院令第711号）"
    assert str(Article(REGULATIONS, "第二十条")) == "《中华人民共和国政府信息公开条例》第二十条"
    assert str(NOTICE_2021).endswith("（国办公开办函〔2021〕30号）")
    assert str(Article(NOTICE_2021, "附件")) == "国办公开办函〔2021〕30号附件"
    assert str(Article(Notice("答复规范"), "四")) == f"{Notice('答复规范')}四" == "《答复规范》四"


def test_what_an_article_says_is_no_part_of_its_identity() -> None:
    assert Article(REGULATIONS, "第二十条", Words("公开", "disclosure")) == Article(REGULATIONS, "第二十条")
