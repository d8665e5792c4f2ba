"""Writes the lists with openpyxl and XlsxWriter; see README.md."""
import datetime

import openpyxl
import xlsxwriter

DAY = datetime.datetime(2026, 3, 2)
TITLE, HEADER = "2026级新生名单", ["学号", "姓名", "性别", "学院", "班级", "年级", "手机号"]
PEOPLE = [
    [123, "阿依古丽·艾合买提", "女", "土木,水利学院", "3-2", 2026, "13800000001"],
    ["00020001", "李明", "男", "计算机“智能”学院", "软工2601", 2026, 13800000002],
    ["00020002", "王芳", "女", "计算机学院", DAY, 2026, ""],
]
ROOM_HEADER = ["楼栋", "楼层", "房间号", "床位数"]
ROOMS = [
    ["竹园3号楼", 9, 901, 4],
    ["竹园3号楼", "9层", "9-02", "4人间"],
    ["竹园3号楼", 9, DAY, 4],
]


def with_openpyxl():
    book = openpyxl.Workbook()
    people = book.active
    people.title = "人员"
    people.append([TITLE])
    people.merge_cells("A1:G1")
    rooms = book.create_sheet("房间")
    for sheet, rows in ((people, [HEADER, *PEOPLE]), (rooms, [ROOM_HEADER, *ROOMS])):
        for row in rows:
            sheet.append(row)
    people["A3"].number_format = "000000"
    people["E5"].number_format = "m\"月\"d\"日\""
    rooms["C2"].number_format = "0000"
    rooms["C4"].number_format = "d-mmm"
    book.save("openpyxl.xlsx")


def with_xlsxwriter():
    book = xlsxwriter.Workbook("XlsxWriter.xlsx")
    zeros, short, day = (book.add_format({"num_format": f}) for f in ("000000", "0000", "m\"月\"d\"日\""))
    people = book.add_worksheet("人员")
    people.merge_range("A1:G1", TITLE, book.add_format({"bold": True}))
    rooms = book.add_worksheet("房间")
    for sheet, at, rows in ((people, 1, [HEADER, *PEOPLE]), (rooms, 0, [ROOM_HEADER, *ROOMS])):
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value == DAY:
                    sheet.write_datetime(at + i, j, value, day)
                elif isinstance(value, str):
                    sheet.write_string(at + i, j, value)
                else:
                    sheet.write_number(at + i, j, value, {123: zeros, 901: short}.get(value))
    book.close()


with_openpyxl()
with_xlsxwriter()
