using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Low balances, reminders, messages about bills, the office's list of arrears and its settings.</summary>
public sealed class ArrearsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Residents_are_told_of_a_low_balance_once_in_each_cool_down_also_by_two_jobs_at_once_and_after_a_restart()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(low: "20", coolDown: 7);
        await host.OwesAsync(100);
        await host.PaidAsync("115");
        var residents = await ResidentsAsync(host);

        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(host.RemindAsync, Ct)));

        Assert.Equal(1, sent.Sum());
        Assert.Equal(["1500"], await host.ToldAsync(ArrearsNotificationKind.LowBalance));
        Assert.Equal(residents, await host.InDatabaseAsync(db => db.Set<InboxItem>().CountAsync(i => i.Kind == ArrearsNotificationKind.LowBalance, Ct)));
        host.MoveTo(new DateOnly(2026, 11, 28), 9);
        Assert.Equal(0, await host.RemindAsync());
        host.MoveTo(new DateOnly(2026, 11, 29), 9);
        Assert.Equal(1, await host.RemindAsync());
        // Paid above the threshold: nothing more to say.
        await host.PaidAsync("10");
        host.MoveTo(new DateOnly(2026, 12, 20), 9);
        Assert.Equal(0, await host.RemindAsync());
    }

    [Fact]
    public async Task What_was_taken_back_pays_nothing_of_another_kind_and_a_debt_that_was_taken_over_is_the_oldest()
    {
        await using var host = await TestHost.OpenAsync();
        var (history, room) = (await FeeHistory.OfAsync(host), LedgerAccount.OfRoom((await host.ResidentsRoomAsync()).Id));
        await history.BillAsync("electricity", room, FeePeriod.Month(2026, 10), 100, 1);
        var wrong = await history.BillAsync("property", room, FeePeriod.Month(2026, 10), 300, 1);
        await history.CorrectAsync(wrong, 0);
        await history.PayAsync(room, 5_000);
        await history.RefundAsync(room, 5_000);
        await history.OpenAsync(room, -20_000);
        await history.PayAsync(room, 19_000);
        await history.CorrectPaymentAsync(room, -500);

        var row = Assert.Single(await (await host.AsAsync(TestUsers.Dispatcher)).Get<ArrearsService>().AllAsync(new ArrearsFilter(), Ct));

        Assert.Equal([("电费", 100m), (null, 15m)], row.ByKind.Select(k => (k.Kind?.Zh, k.Owed.Yuan)));
    }

    [Fact]
    public async Task A_low_balance_below_nothing_is_told_as_what_is_owed()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(low: "20");
        await host.OwesAsync(100);
        await host.PaidAsync("90");

        await host.RemindAsync();

        Assert.Equal(["-1000"], await host.ToldAsync(ArrearsNotificationKind.LowBalance));
        var line = (await (await host.AsAsync(TestUsers.Resident)).Get<InboxService>().ReadAsync(ct: Ct)).Lines
            .Single(l => l.Kind == ArrearsNotificationKind.LowBalance);
        Assert.Equal(("账户已欠费 10.00 元，请及时充值", "The account owes 10.00 yuan; please top it up"), (line.Text.Zh, line.Text.En));
    }

    [Fact]
    public async Task Reminders_of_arrears_begin_with_the_age_of_the_bill_and_nobody_is_told_where_nobody_lives()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(low: "500", arrears: "50", days: 10, coolDown: 5);
        var room = await host.OwesAsync(100);

        Assert.Equal(0, await host.RemindAsync());
        host.MoveTo(new DateOnly(2026, 12, 2), 9);
        Assert.Equal(1, await host.RemindAsync());
        Assert.Equal(0, await host.RemindAsync());
        Assert.Equal(["10000"], await host.ToldAsync(ArrearsNotificationKind.Arrears));
        Assert.Empty(await host.ToldAsync(ArrearsNotificationKind.LowBalance));

        host.MoveTo(new DateOnly(2026, 12, 8), 9);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            foreach (var person in await db.Users.Where(p => p.RoomId == room).ToListAsync(token)) person.MoveTo(null);
            return 0;
        }, Ct));
        Assert.Equal(0, await host.RemindAsync());
    }

    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    [InlineData(19, true)]
    [InlineData(20, false)]
    public void Reminders_are_sent_by_day(int hour, bool isTime) =>
        Assert.Equal(isTime, ArrearsJob.IsTimeToRemind(new DateTimeOffset(2026, 11, 23, hour, 30, 0, TimeSpan.FromHours(8))));

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    public async Task The_office_reminds_before_the_job_would_but_not_within_the_cool_down(string who)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(arrears: "50", days: 90, coolDown: 5);
        await host.OwesAsync(100);
        var arrears = (await host.AsAsync(who)).Get<ArrearsService>();
        var account = Assert.Single(await arrears.AllAsync(new ArrearsFilter(), Ct)).AccountId;

        await arrears.RemindAsync(account, Ct);
        var again = await Assert.ThrowsAsync<Rejected>(() => arrears.RemindAsync(account, Ct));

        Assert.Equal("RemindedAlready", again.Code);
        var row = Assert.Single(await arrears.AllAsync(new ArrearsFilter(), Ct));
        Assert.Equal((1, new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 27)), (row.Reminders, row.LastReminder, row.MayRemindFrom));
        host.MoveTo(new DateOnly(2026, 11, 27), 9);
        await arrears.RemindAsync(account, Ct);
        Assert.Equal(2, (await host.ToldAsync(ArrearsNotificationKind.Arrears)).Count);
        await host.PaidAsync("100");
        Assert.Equal("NothingOwed", (await Assert.ThrowsAsync<Rejected>(() => arrears.RemindAsync(account, Ct))).Code);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_else_sees_arrears_or_reminds(string who)
    {
        await using var host = await TestHost.OpenAsync();
        await host.OwesAsync(100);
        var other = await host.AsAsync(who);
        var account = await host.AccountAsync(await host.RoomKeyAsync());

        await Assert.ThrowsAsync<NotFound>(() => other.Get<ArrearsService>().ListAsync(new ArrearsFilter(), Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<ArrearsService>().RemindAsync(account, Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<CutOffService>().ListAsync(new CutOffFilter(), Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<ArrearsSettingService>().KindsAsync(Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<ArrearsSettingService>().SaveLeakAsync(new LeakForm(), Ct));
    }

    [Fact]
    public async Task The_list_shows_what_is_unpaid_by_age_and_kind_with_filters()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        await host.OwesAsync(100);
        host.MoveTo(new DateOnly(2027, 1, 1), 9);
        await host.OwesAsync(30, "cold-water");
        await host.PaidAsync("60");
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var own = await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson((await host.AsAsync(TestUsers.Resident)).PersonId), token);
            var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token);
            return await host.AsSystem().Get<LedgerWriter>().PostAsync(
                db, TransactionKind.Charge, "test:1", [(own, new Money(-700)), (cash, new Money(700))], token);
        }, Ct));
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<ArrearsService>();
        var (electricity, water) = ((await host.FeeKindAsync("electricity")).Id, (await host.FeeKindAsync("cold-water")).Id);
        var building = (await host.ResidentsRoomAsync()).BuildingId;

        var window = await desk.ListAsync(new ArrearsFilter { Descending = true }, Ct);

        Assert.Equal((2, 7_700L), (window.Total, window.Owed.Fen));
        var row = window.Items[0];
        Assert.Equal(("竹园3号楼 512", 7_000L, 3_000L, 4_000L, new DateOnly(2026, 11, 22)),
            (row.Owner, row.Owed.Fen, row.Of(ArrearsAge.UpTo30).Fen, row.Of(ArrearsAge.UpTo60).Fen, row.Oldest));
        Assert.Equal([(electricity, 4_000L), (water, 3_000L)], row.ByKind.Select(k => (k.KindId!.Value, k.Owed.Fen)));
        Assert.Equal(("王小雨", 700L), (window.Items[1].Owner, window.Items[1].Owed.Fen));
        Assert.Equal(3_000, (await desk.ListAsync(new ArrearsFilter { KindId = water }, Ct)).Owed.Fen);
        Assert.Equal("7000", await OwedAsync(new ArrearsFilter { Age = ArrearsAge.UpTo60 }));
        Assert.Equal("700, 7000", await OwedAsync(new ArrearsFilter { BuildingId = building }));
        Assert.Equal("", await OwedAsync(new ArrearsFilter { BuildingId = 99_999 }));
        Assert.Equal("7000", await OwedAsync(new ArrearsFilter { Text = "竹园3 512" }));
        Assert.Equal("700", await OwedAsync(new ArrearsFilter { Text = "王小雨" }));
        Assert.Equal("7000, 700", await OwedAsync(new ArrearsFilter { Sort = ArrearsSort.Oldest }));

        async Task<string> OwedAsync(ArrearsFilter filter) => string.Join(", ", (await desk.AllAsync(filter, Ct)).Select(r => r.Owed.Fen));
    }

    [Fact]
    public async Task Charges_are_read_again_only_of_accounts_on_which_something_was_booked()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        await host.OwesAsync(100);
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<ArrearsService>();

        Assert.True(await ReadsAsync(new ArrearsFilter()) > 0);
        foreach (var sort in Enum.GetValues<ArrearsSort>())
        {
            foreach (var descending in new[] { true, false })
                Assert.Equal(0, await ReadsAsync(new ArrearsFilter { Sort = sort, Descending = descending, Text = "竹园3 512" }));
        }
        await host.PaidAsync("60");
        Assert.Equal(1, await ReadsAsync(new ArrearsFilter()));
        Assert.Equal(4_000, (await desk.ListAsync(new ArrearsFilter(), Ct)).Owed.Fen);
        await host.PaidAsync("40");
        Assert.Equal(0, (await desk.ListAsync(new ArrearsFilter(), Ct)).Total);

        async Task<int> ReadsAsync(ArrearsFilter filter)
        {
            var before = sql.Count;
            Assert.Equal(1, (await desk.ListAsync(filter, Ct)).Total);
            return sql.Since(before).Count(text => text.Contains("\"LedgerTransactions\"", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Everybody_who_pays_a_part_is_told_of_the_bills_of_a_run_once_and_reads_which_one_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        await host.OwesAsync(100);

        for (var time = 0; time < 2; time++) await host.AsSystem().Get<BillNotices>().RunAsync(Ct);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => host.AsSystem().Get<BillNotices>().RunAsync(Ct), Ct)));

        Assert.Equal(["10000"], await host.ToldAsync(ArrearsNotificationKind.BillIssued));
        var line = (await (await host.AsAsync(TestUsers.Resident)).Get<InboxService>().ReadAsync(ct: Ct)).Lines
            .Single(l => l.Kind == ArrearsNotificationKind.BillIssued);
        Assert.Equal(("账单已出，您的份额 100.00 元", "my/fees"), (line.Text.Zh, line.Address));
        Assert.Contains("2026-09", line.About?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Administrators_set_thresholds_and_two_at_once_do_not_overwrite_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(low: "20", arrears: "1,000.50", days: 3, coolDown: 4, cutOff: "５０", notice: 5);
        var kind = (await host.FeeKindAsync("electricity")).Id;
        var office = (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>();
        var row = (await office.KindsAsync(Ct)).Single(k => k.KindId == kind);

        Assert.Equal(new ArrearsTerms(2_000, 100_050, 3, 4, 5_000, 5), row.Terms);
        var form = new SettingForm { Version = row.Version, LowBalance = "0", Arrears = "", ReminderDays = 1, CoolDownDays = 1, NoticeDays = 0 };
        await office.SaveAsync(kind, form, Ct);
        await Assert.ThrowsAsync<Stale>(() => office.SaveAsync(kind, form, Ct));
        foreach (var (wrong, field) in new[] { ("1.005", "LowBalance"), ("-1", "LowBalance"), ("abc", "LowBalance") })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => office.SaveAsync(
                kind, new SettingForm { Version = row.Version + 1, LowBalance = wrong, ReminderDays = 1, CoolDownDays = 1, NoticeDays = 0 }, Ct));
            Assert.Equal(field, refused.Problems[0].Field);
        }
        var person = await host.InDatabaseAsync(db => db.Set<Features.Fees.Pricing.FeeKind>()
            .Where(k => k.Payer == Features.Fees.Pricing.FeePayer.Person).Select(k => k.Id).FirstAsync(Ct));
        var cut = new SettingForm { CutOff = "1", ReminderDays = 1, CoolDownDays = 1, NoticeDays = 1 };
        Assert.Equal("NotCutOff", (await Assert.ThrowsAsync<Rejected>(() => office.SaveAsync(person, cut, Ct))).Code);
        foreach (var who in new[] { TestUsers.Dispatcher, TestUsers.Manager })
        {
            var other = (await host.AsAsync(who)).Get<ArrearsSettingService>();
            Assert.NotEmpty(await other.KindsAsync(Ct));
            await Assert.ThrowsAsync<Forbidden>(() => other.SaveAsync(kind, form, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => other.AddExamAsync(new ExamForm { From = new(2027, 1, 4), Name = "期末" }, Ct));
        }
    }

    [Fact]
    public async Task Examination_weeks_do_not_overlap_and_are_removed_as_they_were_seen()
    {
        await using var host = await TestHost.OpenAsync();
        var office = (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>();
        await office.AddExamAsync(new ExamForm { From = new(2027, 1, 4), To = new(2027, 1, 15), Name = "期末考试" }, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => office.AddExamAsync(new ExamForm { From = new(2027, 1, 15), Name = "补考" }, Ct));
        Assert.Equal((nameof(ExamForm.From), "Overlaps"), (refused.Problems[0].Field, refused.Code));
        await Assert.ThrowsAsync<Rejected>(() => office.AddExamAsync(new ExamForm { From = new(2027, 2, 2), To = new(2027, 2, 1), Name = "补考" }, Ct));
        var exam = Assert.Single(await office.ExamsAsync(Ct));
        await Assert.ThrowsAsync<Stale>(() => office.RemoveExamAsync(exam.Id, exam.Version + 1, Ct));
        await office.RemoveExamAsync(exam.Id, exam.Version, Ct);
        Assert.Empty(await office.ExamsAsync(Ct));
    }

    [Fact]
    public async Task Residents_see_a_low_balance_on_their_home_page_and_others_do_not()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(low: "20", cutOff: "50");
        await host.OwesAsync(100);
        await host.RemindAsync();

        var low = Assert.Single(await (await host.AsAsync(TestUsers.Resident)).Get<LowBalance>().MineAsync(Ct));

        Assert.Equal((true, -10_000L), (low.IsRoom, low.Balance.Fen));
        Assert.Equal((CutOffState.Announced, new DateOnly(2026, 11, 25)), Assert.Single(low.CutOffs.Select(c => (c.State, c.NotBefore))));
        await host.PaidAsync("130");
        Assert.Empty(await (await host.AsAsync(TestUsers.Resident)).Get<LowBalance>().MineAsync(Ct));
        Assert.Empty(await (await host.AsAsync(TestUsers.Technician)).Get<LowBalance>().MineAsync(Ct));
    }

    [Fact]
    public void Addresses_are_read_leniently()
    {
        Assert.Equal(new ArrearsFilter { Descending = true }, ArrearsFilter.Parse(" ", "x", "-1", "Old", null, "0"));
        Assert.Equal(
            new ArrearsFilter { Sort = ArrearsSort.Oldest, Age = ArrearsAge.Over90, Page = 3 }, ArrearsFilter.Parse("", null, null, "Over90", "Oldest", "3"));
        Assert.Equal(new CutOffFilter { WithEnded = true }, CutOffFilter.Parse(null, null, null, CutOffFilter.Any));
        Assert.Equal(new CutOffFilter { State = CutOffState.Cut }, CutOffFilter.Parse(null, null, null, CutOffState.Cut.ToString()));
    }

    private static async Task<int> ResidentsAsync(TestHost host)
    {
        var room = (await host.ResidentsRoomAsync()).Id;
        return await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.RoomId == room && p.RetiredAt == null, Ct));
    }
}
