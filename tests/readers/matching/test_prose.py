"""Tests of collecting the text of the sections."""

from readings import read_with_headings, rules_at_addresses


def test_foreign_section_is_left_over() -> None:
    reading = read_with_headings(
        {"没有收取信息处理费。": "七、下一步工作计划", "六、其他需要报告的事项": "六、其他需要报告的事项 没有。"}
    )
    assert reading.report.other_matters == "没有。"
    assert [item.text for item in reading.sheet.leftovers] == ["七、下一步工作计划"]
    assert rules_at_addresses(reading) == {("not-in-form", "other_matters")}
