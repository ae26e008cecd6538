"""The six procedures of a claim."""

from onevisit.rules.procedures import Procedure


def test_each_names_its_item_of_article_31() -> None:
    assert Procedure.LITIGATION.article == "《信访工作条例》第三十一条第（一）项"
    assert Procedure.OPINION.article == "《信访工作条例》第三十一条第（六）项"
    assert len({one.article for one in Procedure}) == 6
