using LogisticsAdmin.Documents;

namespace LogisticsAdmin.Tests.Documents;

/// <summary>Invented documents that use every kind of block.</summary>
internal static class SampleDocuments
{
    private static readonly string[] Months = ["25.10", "11", "12", "26.01", "02", "03", "04", "05", "06", "07", "08", "09", "10"];
    private static readonly double?[] Received = [1172, 1246, 1318, 906, 412, 1198, 1104, 1139, 1263, 688, 524, 1391, 1284];
    private static readonly double?[] Completed = [1118, 1203, 1262, 902, 398, 1142, 1076, 1090, 1219, 682, 506, 1336, 1231];
    private static readonly double?[] InTime = [94.2, 94.8, 95.6, 97.1, 98.0, 95.0, 94.4, 95.1, 95.7, 96.8, 97.4, 95.5, 96.3];

    public static Document ChineseReport { get; } = new()
    {
        Title = "后勤服务月报",
        Subtitle = "2026年10月",
        Office = "××大学后勤处",
        Number = "后勤月报〔2026〕10号",
        Date = "2026年11月5日",
        Language = "zh-CN",
        Author = "××大学后勤处",
        RunningHead = "后勤服务月报　2026年10月",
        WithContents = true,
        Blocks =
        [
            new Heading(1, "一、总体情况"),
            new Paragraph("10月全校共受理后勤服务事项1,284件，较上月减少107件（−7.7%），较上年同月增加112件（+9.6%）；办结1,231件，结转下月58件。"
                + "办结事项中1,185件在承诺时限内完成，按时办结率96.3%，高于95.0%的目标。"),
            new Paragraph("师生主动评价486件，其中满意（四星、五星）463件，真实满意率95.3%；逾期未评价、由系统记为好评的601件单独列示，不计入满意率。"
                + "本月支出18.64万元，占当月预算20.00万元的93.2%。"),
            new TileGrid("表1　主要指标", "变化：件数、金额为百分比，比率为百分点，时长为原单位", Tiles(chinese: true)),
            new Paragraph("注：环比与上月相比，同比与上年同月相比。各项指标的计算方法见附录“指标口径”。", ParagraphKind.Note),
            new Heading(1, "二、受理与办结"),
            new Paragraph("近13个月受理量随学期起伏：寒暑假回落，开学月达到高点。10月受理量较9月回落，但高于上年同月；月末结转58件，比上月末多12件，主要是等待配件的空调维修。"),
            new ChartBlock("图1　近13个月受理与办结", "单位：件", Columns("受理", "办结", "件"), "柱形图：近13个月受理与办结件数。10月受理1,284件，办结1,231件。"),
            new ChartBlock("图2　按时办结率", "单位：%", Lines("按时办结率", "目标", "%"), "折线图：近13个月按时办结率，10月为96.3%，目标95.0%。"),
            Monthly("月份", "受理", "办结"),
            Categories(chinese: true),
            new Heading(1, "三、服务满意度"),
            new Heading(2, "（一）评价构成"),
            new ChartBlock("图3　各楼栋评价构成", "单位：件", Stacked(["主动评价", "默认好评", "评价期未满"]), "堆积柱形图：四个校区的评价构成。"),
            new Heading(2, "（二）评价摘录"),
            new Paragraph("“报修后二十分钟就有师傅联系，当晚修好，走之前还把地面拖干净了。”\n五星　学生宿舍　水暖管道", ParagraphKind.Quote),
            new Paragraph("“维修本身没有问题，但约好上午来，下午三点才到，希望改期能提前说一声。”\n三星　教学楼　门窗家具", ParagraphKind.Quote),
            new Heading(1, "四、楼栋情况"),
            Buildings("表4　按楼栋", ["楼栋", "受理", "办结", "按时办结率（%）"], "合计", i => $"学生公寓{i}号楼"),
            new ChartBlock("图4　各班组办结", "单位：件", Bars(["水电班", "木工班", "空调班", "弱电班", "公共区域保洁与绿化养护班组"], "办结"), "条形图：五个班组的办结件数。"),
            new Heading(1, "附录　指标口径"),
            Definitions(["指标", "计算方法"], "办结后七日内未评价、由系统记录的好评，只列示，不参与计算。"),
            new SignatureBlock(["制表", "审核", "签发"]),
        ],
    };

    public static Document EnglishReport { get; } = new()
    {
        Title = "Monthly Service Report",
        Subtitle = "October 2026",
        Office = "Logistics Office, University of ××",
        Number = "Report 10/2026",
        Date = "5 November 2026",
        Language = "en",
        Author = "Logistics Office",
        RunningHead = "Monthly Service Report, October 2026",
        WithContents = true,
        Blocks =
        [
            new Heading(1, "1 Summary"),
            new Paragraph("In October the office received 1,284 requests, 107 fewer than in September (−7.7%) and 112 more than in "
                + "October last year (+9.6%); it completed 1,231 "
                + "and carried 58 over. Of those completed, 1,185 were done within the promised time: 96.3%, above the target of 95.0%. "
                + "The manager’s remark: “don’t count silence as praise”."),
            new TileGrid("Table 1  Key figures", "Changes in per cent; of rates, in percentage points", Tiles(chinese: false)),
            new Paragraph("Note: changes are against the month before and the same month last year.", ParagraphKind.Note),
            new Heading(1, "2 Received and completed"),
            new ChartBlock("Figure 1  Received and completed, 13 months", "requests", Columns("received", "completed", ""), "Columns of 13 months."),
            new ChartBlock("Figure 2  Completed in time", "per cent", Lines("completed in time", "target", "%"), "Line of 13 months."),
            Categories(chinese: false),
            new Heading(1, "3 Buildings"),
            Buildings("Table 3  By building", ["Building", "Received", "Completed", "In time (%)"], "Total", i => $"Student residence no. {i}"),
            new ChartBlock("Figure 3  Ratings", "requests", Stacked(["rated", "silent", "open"]), "Stacked columns of four campuses."),
            new Heading(1, "Appendix: definitions"),
            Definitions(["Figure", "Definition"], "Praise that the system recorded because nobody rated within seven days; it is listed and never counted."),
            new SignatureBlock(["Prepared by", "Checked by", "Approved by"]),
        ],
    };

    public static Document DispatchSlip { get; } = new()
    {
        Title = "派工单",
        Office = "后勤管理处",
        Date = "2026-11-22",
        Language = "zh-CN",
        Author = "后勤管理处",
        Format = PageFormat.Slip,
        Blocks =
        [
            new Heading(1, "派工单"),
            new CodeBlock("BX20261122-0001", ["BX20261122-0001", "后勤管理处 · 水电班", "报修时间 2026-11-22 08:15"]),
            new Table("", null, [new(""), new("", Weight: 3)], [new(["报修地点", "南校区 竹园3号楼 512"]), new(["故障描述", "热水器没有热水"])]),
            new Table(
                "", null, [new("用料名称", Weight: 3), new("单位"), new("数量", Align.Right), new("备注")],
                [.. Enumerable.Repeat(new TableRow(["", "", "", ""]), 4)]),
            new SignatureBlock(["维修师傅签字", "报修人签字"]),
        ],
    };

    /// <summary>Some twelve pages, for measuring.</summary>
    public static Document LongReport { get; } = ChineseReport with
    {
        Blocks = [.. ChineseReport.Blocks, new PageBreak(), .. ChineseReport.Blocks, new PageBreak(), .. ChineseReport.Blocks],
    };

    public static Document With(params Block[] blocks) => ChineseReport with { Blocks = blocks, WithContents = false };

    public static Chart Columns(string first, string second, string unit) =>
        new(ChartKind.Columns, Months, [new(first, Received), new(second, Completed)], unit, LastIsPartial: true);

    public static Chart Lines(string name, string target, string unit) => new(
        ChartKind.Lines,
        Months,
        [new(name, InTime, ChartSeriesStyle.Line), new(target, [.. Enumerable.Repeat((double?)95, 13)], ChartSeriesStyle.Target)],
        unit);

    public static Chart Stacked(string[] names) => new(
        ChartKind.StackedColumns,
        ["东区", "西区", "南区", "北区"],
        [new(names[0], [120, 80, 200, 86]), new(names[1], [200, 151, 160, 90]), new(names[2], [44, 30, 40, 30])],
        "");

    public static Chart Bars(string[] names, string series) =>
        new(ChartKind.Bars, names, [new(series, [.. names.Select((_, i) => (double?)(320 - 47 * i))])], "");

    private static Tile[] Tiles(bool chinese)
    {
        (string Zh, string En, string Value, string UnitZh, string UnitEn, string Target, bool Missed)[] tiles =
        [
            ("受理量", "Received", "1,284", "件", "requests", "—", false), ("办结量", "Completed", "1,231", "件", "requests", "—", false),
            ("按时办结率", "In time", "96.3", "%", "%", "≥95.0", false), ("一次修复率", "First-time fix", "91.6", "%", "%", "≥92.0", true),
            ("首次响应（中位数）", "First response (median)", "18", "分钟", "min", "≤30", false),
            ("办结时长（中位数）", "Time to complete (median)", "6.4", "小时", "h", "≤8.0", false),
            ("真实满意率", "Satisfaction", "95.3", "%", "%", "≥95.0", false), ("本月支出", "Spent", "18.64", "万元", "×10,000 CNY", "≤20.00", false),
        ];
        return
        [
            .. tiles.Select(t => new Tile(
                chinese ? t.Zh : t.En,
                t.Value,
                chinese ? t.UnitZh : t.UnitEn,
                !t.Missed ? null : chinese ? "未达标" : "missed",
                [new(chinese ? "目标" : "Target", t.Target), new(chinese ? "环比" : "Month", "+0.8"), new(chinese ? "同比" : "Year", "+2.1")])),
        ];
    }

    private static Table Monthly(string month, string first, string second) => new(
        "表2　逐月",
        "单位：件",
        [new(month, Align.Left, 1.1), .. Months.Select(m => new TableColumn(m, Align.Right))],
        [new([first, .. Received.Select(v => $"{v:#,0}")]), new([second, .. Completed.Select(v => $"{v:#,0}")])]);

    private static Table Categories(bool chinese)
    {
        (string Zh, string En, string Cells)[] rows =
        [
            ("水暖管道", "Plumbing and heating", "312 301 97.3 5.2"), ("电气照明", "Electricity", "268 262 98.1 4.1"),
            ("门窗家具", "Doors and furniture", "236 229 96.9 6.8"), ("空调通风", "Air conditioning", "171 156 91.0 11.3"),
        ];
        string[] head = chinese ? ["类别", "受理", "办结", "按时办结率（%）", "时长"] : ["Category", "Received", "Completed", "In time (%)", "Hours"];
        return new Table(
            chinese ? "表3　按服务类别" : "Table 2  By category",
            chinese ? "时长为办结时长中位数，单位小时" : "hours: median",
            [new(head[0], Align.Left, 1.6), .. head.Skip(1).Select(h => new TableColumn(h, Align.Right))],
            [
                .. rows.Select(r => new TableRow([chinese ? r.Zh : r.En, .. r.Cells.Split(' ')])),
                new([chinese ? "合计" : "Total", "987", "948", "96.2", "6.4"], IsTotal: true),
            ]);
    }

    private static Table Buildings(string caption, string[] head, string total, Func<int, string> name) => new(
        caption,
        null,
        [new(head[0], Align.Left, 1.6), .. head.Skip(1).Select(h => new TableColumn(h, Align.Right))],
        [
            .. Enumerable.Range(1, 60).Select(i => new TableRow([name(i), $"{120 - i}", $"{116 - i}", $"{97.5 - i * 0.1:0.0}"])),
            new([total, "3,654", "3,510", "95.7"], IsTotal: true),
        ]);

    private static Table Definitions(string[] head, string text) => new(
        "",
        null,
        [new(head[0], Align.Left, 1), new(head[1], Align.Left, 4)],
        [.. Enumerable.Range(1, 8).Select(i => new TableRow([$"{head[0]} {i}", string.Concat(Enumerable.Repeat(text, 1 + i % 3))]))]);
}
