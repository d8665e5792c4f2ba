// Writes the lists with ExcelJS and SheetJS; see README.md.
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');

const day = new Date(Date.UTC(2026, 2, 2));
const title = '2026级新生名单';
const people = [
  ['学号', '姓名', '性别', '学院', '班级', '年级', '手机号'],
  [123, '阿依古丽·艾合买提', '女', '土木,水利学院', '3-2', 2026, '13800000001'],
  ['00020001', '李明', '男', '计算机“智能”学院', '软工2601', 2026, 13800000002],
  ['00020002', '王芳', '女', '计算机学院', day, 2026, ''],
];
const rooms = [
  ['楼栋', '楼层', '房间号', '床位数'],
  ['竹园3号楼', 9, 901, 4],
  ['竹园3号楼', '9层', '9-02', '4人间'],
  ['竹园3号楼', 9, day, 4],
];

async function withExcelJS() {
  const book = new ExcelJS.Workbook();
  const list = book.addWorksheet('人员');
  list.addRow([title]);
  list.mergeCells('A1:G1');
  list.addRows(people);
  list.getCell('A3').numFmt = '000000';
  list.getCell('E5').numFmt = 'm"月"d"日"';
  const other = book.addWorksheet('房间');
  other.addRows(rooms);
  other.getCell('C2').numFmt = '0000';
  other.getCell('C4').numFmt = 'd-mmm';
  await book.xlsx.writeFile('ExcelJS.xlsx');
}

function withSheetJS() {
  // SheetJS writes days in the zone of the machine.
  const local = rows => rows.map(row => row.map(value => value instanceof Date ? new Date(2026, 2, 2) : value));
  const book = XLSX.utils.book_new();
  const list = XLSX.utils.aoa_to_sheet([[title], ...local(people)], { cellDates: false });
  list['!merges'] = [XLSX.utils.decode_range('A1:G1')];
  list.A3.z = '000000';
  list.E5.z = 'm"月"d"日"';
  const other = XLSX.utils.aoa_to_sheet(local(rooms), { cellDates: false });
  other.C2.z = '0000';
  other.C4.z = 'd-mmm';
  XLSX.utils.book_append_sheet(book, list, '人员');
  XLSX.utils.book_append_sheet(book, other, '房间');
  XLSX.writeFile(book, 'SheetJS.xlsx', { compression: true });
}

withExcelJS().then(withSheetJS);
