using System.Net;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>A technician confirms cut-offs and restores on a phone, with plain forms and scripts off; residents see what is announced.</summary>
public sealed class CutOffTasksPageTests
{
    private const string Address = "/jobs/cut-offs";

    /// <summary>Monday, 30 November 2026, 10:00 in Shanghai.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 2, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_technician_confirms_with_a_note_also_when_the_form_is_sent_twice()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(Monday));
        var id = await AssignAsync(app);
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var card = page.QuerySelector("[data-task]")!;
        Assert.Contains("停供电费 · 竹园3号楼 512", card.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("nav.tabs a[href='jobs/cut-offs'][aria-current='page']"));
        var form = Assert.Single(page.Forms.OfType<IHtmlFormElement>(), f => f.QuerySelector($"[name='_handler'][value='cut-{id}']") is not null);

        for (var time = 0; time < 2; time++)
        {
            using var sent = await technician.SendFormAsync(form, Address, ("Input.Note", "已拉闸"));
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
            page = await technician.PageAsync(sent.Headers.Location!.ToString());
        }

        Assert.Equal("已确认。", page.QuerySelector(".done")!.TextContent);
        var order = await app.InDatabaseAsync(db => db.CutOffOrders.AsNoTracking().SingleAsync(Ct));
        Assert.Equal((CutOffState.Cut, "已拉闸"), (order.State, order.CutNote));
        Assert.Contains("已停供", (await (await app.SignInAsync(TestUsers.Resident)).PageAsync("/my")).QuerySelector("[data-low]")!.TextContent);
    }

    [Fact]
    public async Task On_a_weekend_the_page_says_why_not_and_others_find_no_such_page()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(Monday.AddDays(5)));
        await AssignAsync(app);

        var page = await (await app.SignInAsync(TestUsers.Technician)).PageAsync(Address);

        Assert.Equal("Weekend", page.QuerySelector("[data-obstacle]")!.GetAttribute("data-obstacle"));
        Assert.Null(page.QuerySelector("[data-task] form"));
        foreach (var who in new[] { TestUsers.Dispatcher, TestUsers.Resident })
            Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignInAsync(who)).GetAsync(Address, Ct)).StatusCode);
        var office = await app.SignInAsync(TestUsers.Dispatcher);
        foreach (var list in new[] { "fee-arrears", "fee-cut-offs" })
            Assert.Equal(HttpStatusCode.OK, (await office.GetAsync($"/exports/{list}.csv", Ct)).StatusCode);
    }

    /// <summary>A bill of the room of 王小雨 that is not paid, and its cut-off of electricity, assigned to the technician.</summary>
    private static Task<long> AssignAsync(TestApp app) => app.InDatabaseAsync(async db =>
    {
        await FeeSteps.AddFirstBillAsync(db);
        await using var scope = app.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return await db.WriteAsync(async token =>
        {
            var bill = await db.Set<Features.Fees.Billing.Bill>().SingleAsync(token);
            var (room, revenue) = (
                await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(bill.RoomId!.Value), token),
                await LedgerWriter.AccountAsync(db, LedgerAccount.OfRevenue(bill.FeeKindId), token));
            await scope.ServiceProvider.GetRequiredService<LedgerWriter>().PostAsync(
                db, TransactionKind.Bill, $"bill:{bill.Number}", [(room, Money.Zero - bill.Charged), (revenue, bill.Charged)], token);
            db.ArrearsSettings.Add(new ArrearsSetting(bill.FeeKindId, new ArrearsTerms(0, 1_000, 90, 7, 1_000, 3)));
            var order = new CutOffOrder("TG20261120-0001", bill.RoomId!.Value, bill.FeeKindId, bill.Charged.Fen, 1_000, new(2026, 11, 23), Monday);
            var people = await db.Users.Where(p => p.UserName == TestUsers.Technician || p.UserName == TestUsers.Dispatcher)
                .ToDictionaryAsync(p => p.UserName!, p => p.Id, token);
            order.Propose();
            order.Approve(people[TestUsers.Dispatcher], Monday);
            order.Assign(people[TestUsers.Technician], people[TestUsers.Dispatcher]);
            db.CutOffOrders.Add(order);
            await db.SaveChangesAsync(token);
            return order.Id;
        }, Ct);
    });
}
