using System.Text.Json;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Alipay's protocol, against a local server that speaks it with keys of its own.</summary>
public sealed class AlipayTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "alipay.trade.page.pay")]
    [InlineData(true, "alipay.trade.wap.pay")]
    public async Task A_browser_is_sent_with_a_signed_request_of_the_orders_amount(bool isPhone, string method)
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var order = await host.OrderAsync("12.3");
        var payments = (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>();
        var request = await payments.OpenAsync(order, AlipayGateway.AlipayName, Ct);

        var fields = AlipayServer.Single(QueryHelpers.ParseQuery(new Uri(await payments.PayAddressAsync(request, isPhone, Ct)).Query));
        Assert.True(alipay.IsSignedByApp(fields));
        Assert.Equal((AlipayServer.AppId, method, "RSA2"), (fields["app_id"], fields["method"], fields["sign_type"]));
        Assert.Equal("2026-11-22 14:00:00", fields["timestamp"]);
        Assert.Equal("https://app.example/x/pay/notify/alipay", fields["notify_url"]);
        Assert.Equal($"https://app.example/x/my/pay?order={order}", fields["return_url"]);
        using var content = JsonDocument.Parse(fields["biz_content"]);
        Assert.Equal(request, content.RootElement.GetProperty("out_trade_no").GetString());
        Assert.Equal("2h", content.RootElement.GetProperty("timeout_express").GetString());
        Assert.Equal("12.30", content.RootElement.GetProperty("total_amount").GetString());
        Assert.Matches("^[0-9A-Za-z_]{1,64}$", request);
    }

    [Fact]
    public async Task A_message_counts_once_and_only_with_alipays_signature_our_application_and_the_right_amount()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await OpenAsync(host);
        var forged = new Dictionary<string, string>(alipay.Message(request, "TRADE_SUCCESS", "50.00")) { ["total_amount"] = "500.00" };
        Assert.False(await HearAsync(host, forged));
        var other = alipay.Message(request, "TRADE_SUCCESS", "50.00");
        Assert.False(await HearAsync(host, new Dictionary<string, string>(other) { ["sign_type"] = "RSA" }));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.PaymentNotifications.CountAsync(Ct)));

        Assert.True(await HearAsync(host, alipay.Message(request, "WAIT_BUYER_PAY", "50.00")));
        Assert.True(await HearAsync(host, alipay.Message(request, "TRADE_CLOSED", "50.00")));
        Assert.True(await HearAsync(host, alipay.Message(request, "TRADE_SUCCESS", "49.99")));
        Assert.True(await HearAsync(host, alipay.Message(request, "TRADE_SUCCESS", "50.00", "2021999999999999")));
        Assert.Equal(0, await host.BalanceAsync(await host.RoomKeyAsync()));
        var paid = alipay.Message(request, "TRADE_SUCCESS", "50.00");
        for (var n = 0; n < 2; n++) Assert.True(await HearAsync(host, paid));
        Assert.True(await HearAsync(host, alipay.Message(request, "TRADE_FINISHED", "50.00")));

        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Equal(-5_000, await host.BalanceAsync("gateway:alipay"));
        Assert.Equal(
            [NoticeOutcome.Noted, NoticeOutcome.Noted, NoticeOutcome.AmountDiffers, NoticeOutcome.OtherApplication,
                NoticeOutcome.Applied, NoticeOutcome.Repeated],
            await host.InDatabaseAsync(db => db.PaymentNotifications.OrderBy(n => n.Id).Select(n => n.Outcome).ToListAsync(Ct)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task One_signed_message_is_stored_once_in_whatever_wording_it_comes_and_a_signed_return_not_at_all()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var said = alipay.Message(await OpenAsync(host), "TRADE_SUCCESS", "50.00");
        Assert.True(await HearAsync(host, said));
        Assert.True(await HearAsync(host, new Dictionary<string, string>(said) { ["more"] = "" }));
        Assert.True(await HearAsync(host, said.Reverse().ToDictionary()));
        foreach (var missing in new[] { "trade_status", "notify_id" }) Assert.False(await HearAsync(host, alipay.Without(said, missing)));

        Assert.Equal(3, Assert.Single(await host.InDatabaseAsync(db => db.PaymentNotifications.ToListAsync(Ct))).Times);
    }

    [Fact]
    public async Task What_no_message_says_is_asked_for_and_a_second_payment_is_refunded_with_one_number_until_it_is_made()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var order = await host.OrderAsync();
        var payments = (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>();
        var requests = new[] { await payments.OpenAsync(order, "alipay", Ct), await payments.OpenAsync(order, "alipay", Ct) };
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await runner.RunAsync(Ct);
        Assert.Equal(2, alipay.Asked.Count(m => m == "alipay.trade.query"));
        foreach (var request in requests) alipay.Paid[request] = "50.00";
        alipay.RefusesRefunds = true;
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await runner.RunAsync(Ct);

        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        var waiting = await host.InDatabaseAsync(db => db.PaymentRefunds.SingleAsync(Ct));
        Assert.Equal((RefundState.Waiting, "ACQ.SELLER_BALANCE_NOT_ENOUGH", 1), (waiting.State, waiting.Problem, waiting.Tries));
        alipay.RefusesRefunds = false;
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await runner.RunAsync(Ct);
        await runner.RunAsync(Ct);

        Assert.Equal(RefundState.Done, await host.InDatabaseAsync(db => db.PaymentRefunds.Select(r => r.State).SingleAsync(Ct)));
        Assert.Equal(2, alipay.Asked.Count(m => m == "alipay.trade.refund"));
        Assert.Equal((waiting.RequestNumber, "50.00"), Assert.Single(alipay.Refunds) switch { var r => (r.Key, r.Value) });
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_payment_of_which_nothing_was_answered_for_more_than_a_day_is_asked_for_until_it_is()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await OpenAsync(host);
        alipay.Fault = "silence";
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        host.Clock.Advance(TimeSpan.FromHours(30));
        await runner.RunAsync(Ct);
        alipay.Fault = null;
        alipay.Paid[request] = "50.00";
        host.Clock.Advance(TimeSpan.FromHours(1));
        await runner.RunAsync(Ct);

        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
    }

    [Theory]
    [InlineData("forge")]
    [InlineData("silence")]
    [InlineData("nonsense")]
    [InlineData("error")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"alipay_trade_query_response":{"code":"10000"},"sign":1}""")]
    [InlineData("""{"alipay_trade_query_response":[],"sign":null}""")]
    [InlineData("charset")]
    public async Task An_answer_that_cannot_be_believed_changes_nothing_and_is_asked_for_again(string fault)
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await OpenAsync(host);
        alipay.Paid[request] = "50.00";
        alipay.Fault = fault;
        // Another payment is asked about as well.
        await OpenAsync(host);
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await runner.RunAsync(Ct);
        Assert.Equal(2, alipay.Asked.Count);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.PaymentNotifications.CountAsync(Ct)));
        await Assert.ThrowsAsync<GatewayFailure>(() => host.Services.GetRequiredService<AlipayGateway>().StatementAddressAsync(new DateOnly(2026, 11, 21), Ct));

        alipay.Fault = null;
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await runner.RunAsync(Ct);
        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Equal(
            "https://statements.example/2026-11-21.zip",
            (await host.Services.GetRequiredService<AlipayGateway>().StatementAddressAsync(new DateOnly(2026, 11, 21), Ct))!.ToString());
    }

    [Theory]
    [InlineData("\"fund_change\":\"Y\"", "", true)]
    [InlineData("\"fund_change\":\"N\"", "", false)]
    [InlineData("\"msg\":\"Success\"", "", false)]
    [InlineData("\"fund_change\":\"N\"", ",\"refund_status\":\"REFUND_SUCCESS\"", true)]
    [InlineData("\"fund_change\":\"N\"", ",\"refund_amount\":\"12.00\"", true)]
    [InlineData("\"fund_change\":\"N\"", ",\"refund_status\":\"REFUND_PROCESSING\"", false)]
    public async Task A_refund_is_made_when_money_moved_or_alipay_says_so(string answer, string asked, bool isDone)
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        (alipay.RefundAnswer, alipay.RefundStatus) = (answer, asked);

        var made = await host.Services.GetRequiredService<AlipayGateway>().RefundAsync("CZ1", "TK1", new Money(1_200), Ct);

        Assert.Equal(new RefundAnswer(isDone, isDone ? null : "NOT_CONFIRMED"), made);
    }

    [Fact]
    public async Task What_belongs_to_a_gateway_that_is_off_is_in_nobodys_way()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await OpenAsync(host);
        alipay.Paid[request] = "50.00";
        var order = await host.InDatabaseAsync(db => db.PaymentOrders.Select(o => o.Id).SingleAsync(Ct));
        const string Numbers = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 60) ";
        await InsertAsync(Numbers + "INSERT INTO PaymentAttempts (OrderId, Gateway, RequestNumber, State, OpenedAt, Asked, NextAskAt, Version) "
            + "SELECT {0}, 'gone', 'gone' || n, 1, 0, 0, 0, 1 FROM c");
        await InsertAsync(Numbers + "INSERT INTO PaymentRefunds (AttemptId, RequestNumber, AmountFen, State, At, Tries, NextTryAt, Version) "
            + "SELECT Id, RequestNumber, 1, 1, 0, 0, 0, 1 FROM PaymentAttempts WHERE Gateway = 'gone' AND {0} > 0");
        await InsertAsync(Numbers + "INSERT INTO PaymentNotifications "
            + "(Gateway, RequestNumber, Status, Digest, Raw, IsAnswer, ReceivedAt, LastReceivedAt, Times, Outcome, Version) "
            + "SELECT 'gone', 'gone' || n, 1, 'gone' || n, '', 0, 0, 0, {0} - {0} + 1, 8, 1 FROM c");
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await runner.RunAsync(Ct);

        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));

        Task InsertAsync(string insert) => host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(insert, [order], Ct));
    }

    [Fact]
    public async Task A_message_that_can_no_longer_be_read_and_an_answer_that_is_asked_for_again_wait_no_more()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var request = await OpenAsync(host);
        alipay.Paid[request] = "50.00";
        foreach (var (digest, isAnswer) in new[] { ("a", 0), ("b", 1) })
        {
            await host.InDatabaseAsync(db => db.Database.ExecuteSqlInterpolatedAsync(
                $"""
                INSERT INTO PaymentNotifications (Gateway, RequestNumber, Status, Digest, Raw, IsAnswer, ReceivedAt, LastReceivedAt, Times, Outcome, Version)
                VALUES ('alipay', {request}, 2, {digest}, 'x=y', {isAnswer}, 0, 0, 1, 8, 1)
                """, Ct));
        }
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);

        Assert.Equal([NoticeOutcome.Unreadable, NoticeOutcome.AskedAgain, NoticeOutcome.Applied], await host.InDatabaseAsync(db =>
            db.PaymentNotifications.OrderBy(n => n.Id).Select(n => n.Outcome).ToListAsync(Ct)));
        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
    }

    [Fact]
    public async Task Settings_are_refused_at_the_start_without_repeating_a_key()
    {
        await using var alipay = await AlipayServer.StartAsync();
        Assert.Null(ProblemOf(new AlipayOptions()));
        Assert.Null(ProblemOf(alipay.Options));
        Assert.Null(ProblemOf(alipay.With(o => o.PrivateKey = $"-----BEGIN PRIVATE KEY-----\n{o.PrivateKey}\n-----END PRIVATE KEY-----")));
        foreach (var wrong in new[]
        {
            alipay.With(o => o.PrivateKey = "SECRET"), alipay.With(o => o.PrivateKey = o.AlipayPublicKey), alipay.With(o => o.AlipayPublicKey = o.PrivateKey),
            alipay.With(o => o.AlipayPublicKey = null), alipay.With(o => o.Gateway = "http://alipay.example"), alipay.With(o => o.AppId = ""),
        })
        {
            var problem = ProblemOf(wrong);
            Assert.Contains("Payments:Alipay", problem, StringComparison.Ordinal);
            Assert.DoesNotContain("SECRET", problem, StringComparison.Ordinal);
        }
        Assert.Contains("Office:Address", ProblemOf(alipay.Options, null), StringComparison.Ordinal);
    }

    private static string? ProblemOf(AlipayOptions options, string? address = "https://app.example") =>
        new PaymentsOptionsValidator(Options.Create(new OfficeOptions { Address = address }))
            .Validate(null, new PaymentsOptions { Alipay = options }).FailureMessage;

    private static async Task<string> OpenAsync(TestHost host) => await (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>()
        .OpenAsync(await host.OrderAsync(), AlipayGateway.AlipayName, Ct);

    private static Task<bool> HearAsync(TestHost host, IReadOnlyDictionary<string, string> form) => host.Services.GetRequiredService<NotificationService>()
        .ReceiveAsync(AlipayGateway.AlipayName, form, string.Join('&', form.Select(f => $"{f.Key}={Uri.EscapeDataString(f.Value)}")), Ct);
}
