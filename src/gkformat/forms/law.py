"""The legal sources of the form, as values that can be cited."""

from datetime import date

from gkformat.base.citations import Act, Notice

REGULATIONS = Act("中华人民共和国政府信息公开条例", "国务院令第711号", date(2019, 5, 15))
"""The Regulations on Open Government Information, as revised in 2019."""

NOTICE_2019 = Notice(
    "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知",
    "国办公开办函〔2019〕60号",
)
"""The notice with the trial format, used for the reporting years 2019 and 2020."""

NOTICE_2021 = Notice(
    "国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知",
    "国办公开办函〔2021〕30号",
)
"""The notice of 2021-09-26 with the present format, in force from the reporting year 2021 on."""
