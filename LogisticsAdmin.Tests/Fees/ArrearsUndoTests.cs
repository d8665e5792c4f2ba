using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Changes to thresholds, examination weeks and the rule of leaks, and their undo.</summary>
public sealed class ArrearsUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thresholds_get_their_earlier_values_back_also_where_there_were_none()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (settings, undo) = (admin.Get<ArrearsSettingService>(), admin.Get<ArrearsUndo>());
        var kind = (await host.FeeKindAsync("electricity")).Id;

        await settings.SaveAsync(kind, Terms("20"), Ct);
        Assert.NotNull((await RowAsync()).Id);
        await settings.SaveAsync(kind, Terms("30", (await RowAsync()).Version), Ct);
        Assert.Equal(nameof(ArrearsAct.Terms), (await undo.LatestAsync(Ct))?.Act);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(2_000, (await RowAsync()).Terms!.LowBalanceFen);
        await settings.SaveAsync(kind, Terms("40", (await RowAsync()).Version), Ct);
        var step = undo.Latest!.Value;
        // Somebody else changed it since: theirs stays.
        await (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>().SaveAsync(kind, Terms("50", (await RowAsync()).Version), Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal(5_000, (await RowAsync()).Terms!.LowBalanceFen);

        var water = (await host.FeeKindAsync("cold-water")).Id;
        await settings.SaveAsync(water, Terms("10"), Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Null((await settings.KindsAsync(Ct)).Single(k => k.KindId == water).Terms);
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Manager)).Get<ArrearsUndo>().UndoAsync(step, Ct));

        async Task<SettingRow> RowAsync() => (await settings.KindsAsync(Ct)).Single(k => k.KindId == kind);
    }

    [Fact]
    public async Task An_examination_week_is_changed_and_every_act_on_it_is_undone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (settings, undo) = (admin.Get<ArrearsSettingService>(), admin.Get<ArrearsUndo>());
        await settings.AddExamAsync(Exam(1, 4, 15, "期末"), Ct);
        await settings.AddExamAsync(Exam(2, 22, 26, "补考"), Ct);
        var exam = (await settings.ExamsAsync(Ct)).Single(e => e.Name == "期末");

        var overlapping = Exam(2, 26, 28, "期末", exam.Version);
        Assert.Equal("Overlaps", (await Assert.ThrowsAsync<Rejected>(() => settings.SaveExamAsync(exam.Id, overlapping, Ct))).Code);
        await Assert.ThrowsAsync<Stale>(() => settings.SaveExamAsync(exam.Id, Exam(1, 5, 15, "期末", exam.Version + 1), Ct));
        await Assert.ThrowsAsync<NotFound>(() => settings.SaveExamAsync(99_999, Exam(3, 5, 15, "期末"), Ct));
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<ArrearsSettingService>();
        await Assert.ThrowsAsync<Forbidden>(() => manager.SaveExamAsync(exam.Id, Exam(1, 5, 15, "期末", exam.Version), Ct));
        await settings.SaveExamAsync(exam.Id, Exam(1, 11, 22, "期末考试", exam.Version), Ct);
        Assert.Equal("2027-01-11 2027-01-22 期末考试, 2027-02-22 2027-02-26 补考", await AllAsync());
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal("2027-01-04 2027-01-15 期末, 2027-02-22 2027-02-26 补考", await AllAsync());

        exam = (await settings.ExamsAsync(Ct)).Single(e => e.Name == "期末");
        await settings.RemoveExamAsync(exam.Id, exam.Version, Ct);
        var removed = undo.Latest!.Value;
        await undo.UndoAsync(removed, Ct);
        Assert.Equal("2027-01-04 2027-01-15 期末, 2027-02-22 2027-02-26 补考", await AllAsync());

        // Other weeks are there meanwhile: they stay.
        exam = (await settings.ExamsAsync(Ct)).Single(e => e.Name == "期末");
        await settings.RemoveExamAsync(exam.Id, exam.Version, Ct);
        removed = undo.Latest!.Value;
        await settings.AddExamAsync(Exam(1, 15, 16, "统考"), Ct);
        var added = undo.Latest!.Value;
        Assert.Equal("Overlaps", Assert.IsType<Rejected>(Assert.Single((await undo.UndoAsync(removed, Ct)).Left).Why).Code);
        await undo.UndoAsync(added, Ct);
        Assert.Equal("2027-02-22 2027-02-26 补考", await AllAsync());

        async Task<string> AllAsync() => string.Join(", ", (await settings.ExamsAsync(Ct)).OrderBy(e => e.From)
            .Select(e => FormattableString.Invariant($"{e.From:yyyy-MM-dd} {e.To:yyyy-MM-dd} {e.Name}")));
    }

    [Fact]
    public async Task The_rule_of_leaks_is_as_before_with_the_day_on_which_it_was_turned_on()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (settings, undo) = (admin.Get<ArrearsSettingService>(), admin.Get<ArrearsUndo>());
        var category = (await settings.CategoriesAsync(Ct))[0].Id;
        await settings.SaveLeakAsync(new LeakForm { IsOn = true, CategoryId = category, Daily = "5" }, Ct);
        var before = await settings.LeakAsync(Ct);
        host.Clock.Advance(TimeSpan.FromDays(3));

        await settings.SaveLeakAsync(new LeakForm { Version = before.Version }, Ct);
        Assert.False((await settings.LeakAsync(Ct)).IsOn);
        await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal(before with { Version = 0 }, (await settings.LeakAsync(Ct)) with { Version = 0 });
    }

    private static SettingForm Terms(string low, long version = 0) =>
        new() { Version = version, LowBalance = low, ReminderDays = 1, CoolDownDays = 1, NoticeDays = 0 };

    private static ExamForm Exam(int month, int first, int last, string name, long version = 0) =>
        new() { Version = version, From = new DateOnly(2027, month, first), To = new DateOnly(2027, month, last), Name = name };
}
