using System.Globalization;
using System.IO.Compression;
using System.Text;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Alipay's statements: how their files are read, when they are asked for, and what happens while there is none.</summary>
public sealed class AlipayStatementTests
{
    private static readonly DateOnly Day = ReconciliationSteps.Day;
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding("GBK")!;

    private static readonly string Columns = string.Join(',', [
        AlipayStatement.Trade, AlipayStatement.Request, AlipayStatement.Type, AlipayStatement.Subject, "创建时间", AlipayStatement.Done, "对方账户",
        AlipayStatement.Amount, "商家实收（元）", AlipayStatement.Refund, "备注",
    ]);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_zip_in_gbk_is_read_whatever_else_is_in_it()
    {
        var lines = AlipayStatement.Read(Zip(
            ("20881_20261122_业务明细(汇总).csv", "#支付宝业务汇总查询\r\n门店编号,门店名称,交易订单总笔数\r\n合计,,2\r\n"),
            ("20881_20261122_业务明细.csv", Csv(
                "T1\t,CZ1\t,交易,宿舍, 水电,2026-11-22 08:00:00,2026-11-22 08:00:05,a***@b,\"1,250.00\",1243.70,\t,",
                "T1\t,CZ1\t,退款,充值单,2026-11-22 09:00:00,2026-11-22 09:00:05,a***@b,-12.50,-12.50,TK1\t,"))), Day);

        Assert.Equal(
            [
                new GatewayLine(GatewayLineKind.Payment, "T1", "CZ1", null, new Money(125_000), new DateTimeOffset(2026, 11, 22, 0, 0, 5, TimeSpan.Zero)),
                new GatewayLine(GatewayLineKind.Refund, "T1", "CZ1", "TK1", new Money(1_250), new DateTimeOffset(2026, 11, 22, 1, 0, 5, TimeSpan.Zero)),
            ], lines);
        Assert.Empty(AlipayStatement.Read(Encoding.UTF8.GetBytes(Csv()), Day));
        Assert.Empty(AlipayStatement.Read(Gbk.GetBytes(Csv().Replace("11月23日 00:00:00", "11月22日 23:59:59", StringComparison.Ordinal)), Day));
    }

    [Fact]
    public void A_file_that_is_broken_off_too_large_or_something_else_is_refused()
    {
        var whole = Csv("T1,CZ1,交易,x,,,,1.00,1.00,,");
        foreach (var (file, code) in new (byte[], string)[]
        {
            (Gbk.GetBytes(whole.Replace(AlipayStatement.End, "", StringComparison.Ordinal)), "STATEMENT_BROKEN_OFF"),
            (Gbk.GetBytes(whole.Replace("11月22日", "11月21日", StringComparison.Ordinal)), "STATEMENT_OF_OTHER_DAY"),
            // Of a week, and of a second too much.
            (Gbk.GetBytes(whole.Replace("11月23日 00:00:00", "11月29日 00:00:00", StringComparison.Ordinal)), "STATEMENT_OF_OTHER_DAY"),
            (Gbk.GetBytes(whole.Replace("11月23日 00:00:00", "11月23日 00:00:01", StringComparison.Ordinal)), "STATEMENT_OF_OTHER_DAY"),
            (Gbk.GetBytes(whole.Replace(",1.00,1.00", ",1.001,1.00", StringComparison.Ordinal)), "STATEMENT_AMOUNT"),
            (Encoding.UTF8.GetBytes("<html>"), "NO_STATEMENT_FILE"),
            ([.. "PK\u0003\u0004"u8, 1, 2, 3], "NO_STATEMENT_FILE"),
            (Zip(("a.csv", "x")), "NO_STATEMENT_FILE"),
            (new byte[AlipayStatement.FileBytes + 1], "STATEMENT_TOO_LARGE"),
            (Zip(("bomb.csv", new string('0', AlipayStatement.TableBytes + 1))), "STATEMENT_TOO_LARGE"),
            (Zip([.. Enumerable.Range(0, 21).Select(n => ($"{n}.csv", "x"))]), "STATEMENT_TOO_LARGE"),
        })
        {
            Assert.Equal(code, Assert.Throws<GatewayFailure>(() => AlipayStatement.Read(file, Day)).Code);
        }
    }

    [Fact]
    public async Task A_statement_that_is_not_there_is_asked_for_after_growing_pauses_and_then_compared()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await PaidAsync(host, alipay);
        alipay.HasNoStatement = true;
        await host.ReconcileAsync();
        foreach (var (minutes, asked) in new[] { (14, 1), (1, 2), (29, 2), (1, 3), (59, 3), (1, 4) })
        {
            host.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await host.ReconcileAsync();
            Assert.Equal(asked, Asked(alipay));
        }
        var day = await DayAsync(host);
        Assert.Equal((4, "BILL_NOT_EXIST", null), (day.Tries, day.Problem, day.FetchedAt));
        Assert.Equal("NotFetched", (await Assert.ThrowsAsync<Rejected>(async () => await (await host.SettlingAsync()).FetchAgainAsync(day.Id, Ct))).Code);

        alipay.HasNoStatement = false;
        alipay.Statement = Zip(("20881_业务明细.csv", Csv($"T{request},{request},交易,x,,2026-11-22 14:01:00,,50.00,49.70,,")));
        host.Clock.Advance(TimeSpan.FromHours(4));
        await host.ReconcileAsync();
        await host.ReconcileAsync();

        Assert.Equal((LineState.Matched, 5_000L, 5_000L), (await host.LineAsync(request)) switch { var l => (l.State, l.ThereFen, l.HereFen) });
        Assert.Equal((StatementSource.Gateway, null), (await DayAsync(host)) switch { var d => (d.Source, d.Problem) });
        // The same file by hand, for who does not believe it, adds nothing.
        await (await host.SettlingAsync()).SendAsync(new StatementFileForm { Gateway = "alipay", Day = Day, File = alipay.Statement }, Ct);
        Assert.Single(await host.LinesAsync());
        Assert.Equal(StatementSource.File, (await DayAsync(host)).Source);
    }

    [Fact]
    public async Task From_noon_on_it_is_believed_that_there_is_no_statement_of_a_day_without_payments()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await PaidAsync(host, alipay);
        alipay.HasNoStatement = true;
        host.Clock.Advance(TimeSpan.FromHours(22));
        await host.ReconcileAsync();

        Assert.Equal((1, null, "BILL_NOT_EXIST"), (await DayAsync(host)) switch { var d => (d.Tries, d.FetchedAt, d.Problem) });
        Assert.NotNull((await DayAsync(host)).NextTryAt);
        Assert.Empty(await host.LinesAsync());
        await (await host.SettlingAsync()).SendAsync(
            new StatementFileForm { Gateway = "alipay", Day = Day, File = Encoding.UTF8.GetBytes(Csv()) }, Ct);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.ReconcileAsync();
        Assert.Equal([StatementSource.File, StatementSource.Gateway], (await DaysAsync(host)).Select(d => d.Source!.Value));

        Assert.Equal(LineState.MissingThere, (await host.LineAsync(request)).State);
        // Alipay says that it was paid, which is enough.
        alipay.Paid[request] = "50.00";
        Assert.True(await (await host.SettlingAsync()).AskAsync((await host.LineAsync(request)).Id, Ct));
        alipay.Fault = "silence";
        Assert.Equal("LineSettled", (await Assert.ThrowsAsync<Rejected>(
            async () => await (await host.SettlingAsync()).AskAsync((await host.LineAsync(request)).Id, Ct))).Code);
    }

    [Fact]
    public async Task Earlier_days_are_fetched_too_but_none_before_the_first_payment_or_a_month()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        await PaidAsync(host, alipay);
        alipay.Statement = Zip(("a.csv", Csv().Replace("日期：", "", StringComparison.Ordinal)));
        host.Clock.Advance(TimeSpan.FromDays(3));
        await host.ReconcileAsync();
        Assert.Equal([22, 23, 24], (await DaysAsync(host)).Select(d => d.Day.Day));
        host.Clock.Advance(TimeSpan.FromDays(60));
        await host.ReconcileAsync();
        Assert.Equal(3 + StatementWork.MostDays, (await DaysAsync(host)).Count);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("forge")]
    [InlineData("gone")]
    [InlineData("html")]
    public async Task What_cannot_be_believed_is_no_statement(string fault)
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        await PaidAsync(host, alipay);
        alipay.Statement = fault == "html" ? Encoding.UTF8.GetBytes("<html>") : Zip(("a.csv", "x"));
        if (fault is "silence" or "forge") alipay.Fault = fault;
        await host.ReconcileAsync();

        Assert.Empty(await host.LinesAsync());
        Assert.NotNull((await DayAsync(host)).NextTryAt);
    }

    [Theory]
    [InlineData(null, "2026-11-22", "x", "GatewayMissing")]
    [InlineData("alipay", null, "x", "DayWrong")]
    [InlineData("alipay", "2026-11-23", "x", "DayWrong")]
    [InlineData("alipay", "2026-11-22", null, "FileMissing")]
    [InlineData("alipay", "2026-11-22", "x", "FileUnreadable")]
    [InlineData("alipay", "2026-11-22", "#起始日期：[2026年11月20日 00:00:00]", "FileOtherDay")]
    public async Task A_file_by_hand_is_refused_at_its_field(string? gateway, string? day, string? file, string code)
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        host.Clock.Advance(TimeSpan.FromHours(20));
        var form = new StatementFileForm
        {
            Gateway = gateway,
            Day = day is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture),
            File = file is null ? null : Encoding.UTF8.GetBytes(file),
        };
        var refused = await Assert.ThrowsAsync<Rejected>(async () => await (await host.SettlingAsync()).SendAsync(form, Ct));
        Assert.Equal(code, refused.Code);
        Assert.StartsWith(refused.Problems[0].Field!, code, StringComparison.Ordinal);
    }

    private static int Asked(AlipayServer alipay) => alipay.Asked.Count(m => m == "alipay.data.dataservice.bill.downloadurl.query");

    private static async Task<StatementDay> DayAsync(TestHost host) => (await DaysAsync(host)).Single(d => d.Gateway == "alipay");

    private static Task<List<StatementDay>> DaysAsync(TestHost host) => host.InDatabaseAsync(
        db => db.Set<StatementDay>().AsNoTracking().Where(d => d.Gateway == "alipay").OrderBy(d => d.Day).ToListAsync(Ct));

    private static async Task<string> PaidAsync(TestHost host, AlipayServer alipay)
    {
        var request = await (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>().OpenAsync(await host.OrderAsync(), AlipayGateway.AlipayName, Ct);
        var form = alipay.Message(request, "TRADE_SUCCESS", "50.00");
        Assert.True(await host.Services.GetRequiredService<NotificationService>().ReceiveAsync(
            AlipayGateway.AlipayName, form, string.Join('&', form.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}")), Ct));
        return request;
    }

    private static string Csv(params string[] lines) =>
        $"""
        #支付宝业务明细查询
        #账号：[20882021]
        #起始日期：[2026年11月22日 00:00:00]   终止日期：[2026年11月23日 00:00:00]
        #-----------------------------------------业务明细列表----------------------------------------
        {Columns}
        {string.Join("\r\n", lines)}
        #-----------------------------------------{AlipayStatement.End}------------------------------------
        #导出时间：[2026年11月23日 09:00:00]
        """;

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true, Gbk))
        {
            foreach (var (name, text) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Gbk.GetBytes(text));
            }
        }
        return memory.ToArray();
    }
}
