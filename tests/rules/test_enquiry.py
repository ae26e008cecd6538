"""What fits a query code, and what is taken out of words before a petitioner reads them."""

from onevisit.rules.enquiry import answers_to, scrubbed


def test_the_end_of_a_number_decides_where_there_is_one() -> None:
    numbers = ("37049919790412001X", "")
    assert answers_to("001x", numbers)
    assert not answers_to("0012", numbers)
    assert not answers_to("", numbers)
    assert answers_to("", ("", ""))
    assert answers_to("9999", ())


def test_names_of_staff_and_organs_go_the_longest_first() -> None:
    words = "李四请市纪委监委和市纪委回电，李四光不在"
    assert scrubbed(words, ["李四", "李四光", "王"], ["市纪委", "市纪委监委"]) == (
        "工作人员请有权处理的机关、单位和有权处理的机关、单位回电，工作人员不在"
    )
