using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Changed limits are taken back by whoever changed them, and cases that were sent meanwhile keep theirs.</summary>
public sealed class VoiceLevelUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Limits_under_which_nothing_was_sent_are_gone_after_the_undo()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var before = await manager.Get<VoiceLevelService>().ReadAsync(Ct);
        await ChangeAsync(host, manager, 12);

        var undo = manager.Get<VoiceLevelsUndo>();
        Assert.Equal("Limits", (await undo.LatestAsync(Ct))?.Act);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

        Assert.Equal(before, await manager.Get<VoiceLevelService>().ReadAsync(Ct));
        Assert.Null(undo.Latest);
    }

    [Fact]
    public async Task A_case_that_was_sent_meanwhile_keeps_the_limits_of_its_form()
    {
        await using var host = await TestHost.OpenAsync();
        var (manager, resident) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Resident));
        var hours = (await manager.Get<VoiceLevelService>().ReadAsync(Ct))[0].AnswerHours;
        await ChangeAsync(host, manager, 12);
        host.Clock.Advance(TimeSpan.FromSeconds(2));
        var sent = await resident.SendAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(2));

        var undo = manager.Get<VoiceLevelsUndo>();
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        await host.AsSystem().Get<VoiceClock>().RecalculateAsync(Ct);

        var levels = await manager.Get<VoiceLevelService>().ReadAsync(Ct);
        Assert.Equal([(hours, true), (12, false), (hours, false)], levels.Select(l => (l.AnswerHours, l.Until is null)));
        var stored = await host.StoredAsync(sent);
        Assert.Equal(stored.SubmittedAt.AddHours(12), stored.AnswerDueAt);
        var next = await host.StoredAsync(await resident.SendAsync("之后"));
        Assert.Equal(next.SubmittedAt.AddHours(hours), next.AnswerDueAt);
    }

    [Fact]
    public async Task Limits_that_somebody_changed_since_are_left_alone_and_others_may_not_undo_them()
    {
        await using var host = await TestHost.OpenAsync();
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        await ChangeAsync(host, manager, 12);
        var step = manager.Get<VoiceLevelsUndo>().Latest!.Value;
        await Assert.ThrowsAsync<NotFound>(() => admin.Get<VoiceLevelsUndo>().UndoAsync(step, Ct));
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        await Assert.ThrowsAsync<Forbidden>(() => office.Get<VoiceLevelsUndo>().UndoAsync(step, Ct));
        await Assert.ThrowsAsync<NotFound>(() => resident.Get<VoiceLevelsUndo>().UndoAsync(step, Ct));

        await ChangeAsync(host, admin, 6);

        Assert.IsType<Stale>(Assert.Single((await manager.Get<VoiceLevelsUndo>().UndoAsync(step, Ct)).Left).Why);
        Assert.Equal(6, (await manager.Get<VoiceLevelService>().ReadAsync(Ct))[0].AnswerHours);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoiceLevels.CountAsync(l => l.Until == null, Ct)));
    }

    private static async Task ChangeAsync(TestHost host, Desk desk, int hours)
    {
        host.Clock.Advance(TimeSpan.FromSeconds(3));
        var levels = desk.Get<VoiceLevelService>();
        var shown = (await levels.ReadAsync(Ct))[0].Id;
        await levels.SetAsync(new VoiceLevelForm { LevelId = shown, AnswerHours = hours, SettleHours = 16, Why = "寒假前" }, Ct);
    }
}
