"""The outline of a box: labels of addresses, and how numbers are read from a box."""

import pytest

from gkformat import Malformed, Report2021, label
from gkformat.forms.y2021 import DecisionCounts
from gkformat.notation import outline


def test_label_is_the_full_path_in_the_words_of_the_form() -> None:
    assert label(Report2021, "requests.outcomes.denied.state_secret.legal_person.other") == (
        "三、收到和处理政府信息公开申请情况 > 三、本年度办理结果 > （三）不予公开 > 1.属于国家秘密 > 法人或其他组织 > 其他"
    )


def test_baseline_getter_reads_a_box_with_one_number() -> None:
    assert outline._baseline_getter(DecisionCounts)(DecisionCounts(decisions=3)) == (3,)


@pytest.mark.parametrize(
    ("address", "pointer", "parent", "meant"),
    [
        ("requests.newly_recieved.total", "/requests/newly_recieved", "requests", '"newly_received"'),
        ("request", "/request", "", '"requests"'),
        (
            "requests.newly_received.total.more",
            "/requests/newly_received/total/more",
            "requests.newly_received.total",
            "",
        ),
        ("requests.附件", "/requests/附件", "requests", ""),
    ],
)
def test_unknown_step_of_an_address_is_the_one_to_blame(address: str, pointer: str, parent: str, meant: str) -> None:
    with pytest.raises(Malformed) as caught:
        label(Report2021, address)
    (fault,) = caught.value.faults
    assert (fault.pointer, fault.at, fault.expected.en) == (pointer, parent, meant)
    assert fault.message("en") == f"{fault.found} is not a known key" + (f"; did you mean {meant}?" if meant else "")
