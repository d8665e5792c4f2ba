using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>While another program locks the database every verb is refused in words, nothing is stored in part, and afterwards all of it goes.</summary>
public sealed class LockedFeesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reminders_cut_offs_and_their_settings_wait_for_the_end_of_the_lock()
    {
        // On a Monday at ten.
        await using var host = await LockedDatabase.OpenAsync(new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.FromHours(8)));
        await host.TermsAsync(cutOff: "50", arrears: "50");
        await host.OwesAsync(100);
        var (admin, desk, technician) = (
            await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician));
        var settings = admin.Get<ArrearsSettingService>();
        await settings.AddExamAsync(new ExamForm { From = new(2027, 1, 4), Name = "期末" }, Ct);
        var exam = Assert.Single(await settings.ExamsAsync(Ct));
        var terms = new SettingForm { LowBalance = "5", ReminderDays = 1, CoolDownDays = 1, NoticeDays = 0 };
        var changed = new ExamForm { Version = exam.Version, From = new(2027, 1, 5), Name = "期末" };
        var kind = (await host.FeeKindAsync("cold-water")).Id;
        var account = await host.AccountAsync(await host.RoomKeyAsync());
        var id = await ProposedAsync(host);
        (string Name, Func<Task> Act)[] verbs =
        [
            ("remind", () => desk.Get<ArrearsService>().RemindAsync(account, Ct)),
            ("approve", () => desk.Get<CutOffService>().ApproveAsync(id, Ct)),
            ("assign", () => desk.Get<CutOffService>().AssignAsync(id, new CutOffAssignForm { TechnicianId = technician.PersonId }, Ct)),
            ("cut", () => technician.Get<CutOffService>().CutAsync(id, new CutOffDoneForm(), Ct)),
            ("take back", () => desk.Get<CutOffService>().TakeBackAsync(id, new TakeBackForm { Because = "暂缓" }, Ct)),
            ("restore", () => technician.Get<CutOffService>().RestoreAsync(id, new CutOffDoneForm(), Ct)),
            ("thresholds", () => settings.SaveAsync(kind, terms, Ct)),
            ("add an examination week", () => settings.AddExamAsync(new ExamForm { From = new(2027, 3, 1), Name = "补考" }, Ct)),
            ("change an examination week", () => settings.SaveExamAsync(exam.Id, changed, Ct)),
            ("remove an examination week", () => settings.RemoveExamAsync(exam.Id, exam.Version + 1, Ct)),
            ("leaks", () => settings.SaveLeakAsync(new LeakForm(), Ct)),
        ];

        await LockedDatabase.RefusedAsync(host, verbs);
        Assert.Equal(CutOffState.Proposed, (await host.CutOffAsync()).State);

        await LockedDatabase.GoesAsync(verbs);
        Assert.Equal(CutOffState.Restored, (await host.CutOffAsync()).State);
        Assert.Equal("补考", Assert.Single(await settings.ExamsAsync(Ct)).Name);
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.Arrears));
    }

    [Fact]
    public async Task Background_work_on_arrears_does_after_the_lock_what_it_could_not_do_before_once()
    {
        await using var host = await LockedDatabase.OpenAsync(new DateTimeOffset(2026, 11, 30, 10, 0, 0, TimeSpan.FromHours(8)));
        await host.TermsAsync(cutOff: "50", arrears: "50");
        await host.OwesAsync(100);
        await using (ForeignLock.On(host.Directory)) Assert.NotNull(await Record.ExceptionAsync(host.RemindAsync));
        Assert.Empty(await host.ToldAsync(ArrearsNotificationKind.Arrears));

        Assert.Equal(2, await host.RemindAsync());
        Assert.Equal(0, await host.RemindAsync());
        Assert.Single(await host.ToldAsync(ArrearsNotificationKind.Arrears));
    }

    [Fact]
    public async Task Differences_and_payments_without_an_order_are_settled_after_the_lock_once()
    {
        await using var host = await LockedDatabase.OpenAsync(TestHost.Start);
        await host.PaidAsync("50");
        var request = await host.InDatabaseAsync(db => db.PaymentAttempts.Select(a => a.RequestNumber).SingleAsync(Ct));
        await host.HearAsync(await host.SaidAsync("by-message", amount: new Money(300)));
        GatewayLine[] lines = [Line(request, 4_000), Line("other", 700), Line("lost", 900)];
        await host.AsSystem().Get<StatementWork>().StoreAsync(
            SandboxGateway.SandboxName, ReconciliationSteps.Day, lines, StatementSource.Gateway, null, Ct);
        var manager = await host.AsAsync(TestUsers.Manager);
        var service = manager.Get<ReconciliationService>();
        var message = Assert.Single(await manager.Get<MoneyService>().TroublesAsync(Ct)).MessageId!.Value;
        var (different, other, lost) = (await host.LineAsync(request), await host.LineAsync("other"), await host.LineAsync("lost"));
        var forms = new[] { Form("王小雨"), Form("竹园3号楼 512") };
        (string Name, Func<Task> Act)[] verbs =
        [
            ("correct", () => service.CorrectAsync(different.Id, new SettleForm { Reason = "少付" }, Ct)),
            ("note", () => service.NoteAsync(other.Id, new SettleForm { Reason = "食堂的收款" }, Ct)),
            ("credit a line", () => service.CreditAsync(lost.Id, forms[0], Ct)),
            ("credit a message", () => manager.Get<PaymentCredits>().CreditAsync(message, forms[1], Ct)),
            ("fetch again", () => service.FetchAgainAsync(different.DayId, Ct)),
        ];

        await LockedDatabase.RefusedAsync(host, verbs);
        Assert.All(await host.LinesAsync(), l => Assert.Null(l.Settlement));

        await LockedDatabase.GoesAsync(verbs);
        // The forms that were refused are sent again by people who do not know that they were accepted meanwhile.
        await service.CreditAsync(lost.Id, forms[0], Ct);
        await manager.Get<PaymentCredits>().CreditAsync(message, forms[1], Ct);
        var student = (await host.AsAsync(TestUsers.Resident)).PersonId;
        Assert.Equal((900L, 5_300L), (await host.BalanceAsync($"person:{student}"), await host.BalanceAsync(await host.RoomKeyAsync())));
        await host.DemandSoundAsync();
    }

    /// <summary>A cut-off whose days of notice are over.</summary>
    private static async Task<long> ProposedAsync(TestHost host)
    {
        var (room, kind) = ((await host.ResidentsRoomAsync()).Id, (await host.FeeKindAsync("electricity")).Id);
        return await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var order = new CutOffOrder("TG20261120-0001", room, kind, 10_000, 5_000, new DateOnly(2026, 11, 23), TestHost.Start);
            order.Propose();
            db.CutOffOrders.Add(order);
            await db.SaveChangesAsync(token);
            return order.Id;
        }, Ct));
    }

    private static CreditForm Form(string to) => new() { To = to, Reason = "查到付款人", Key = Guid.NewGuid() };

    private static GatewayLine Line(string request, long fen) =>
        new(GatewayLineKind.Payment, $"SB{request}", request, null, new Money(fen), TestHost.Start);
}
