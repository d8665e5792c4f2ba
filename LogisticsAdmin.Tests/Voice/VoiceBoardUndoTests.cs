using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Putting a case on the public board, changing what it says there and taking it off are undone like everything else of the office.</summary>
public sealed class VoiceBoardUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task What_was_published_goes_off_the_board_and_open_pages_are_told(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var (office, reader) = (await host.AsAsync(who), await host.AsAsync(TestUsers.Technician));
        var id = await SettledAsync(host);
        var before = await host.StoredAsync(id);
        using var feed = reader.Get<IChangeFeed>().Subscribe(reader.PersonId, c => c is KeyChanged { Topic: VoiceTopics.Board });
        await office.Get<VoiceBoard>().PublishAsync(id, Form("热水时间"), Ct);
        Assert.NotNull(await feed.NextAsync(Ct));
        Assert.Single(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct));

        var undo = office.Get<VoiceUndo>();
        var offer = await undo.LatestAsync(Ct);
        Assert.Equal(("Publish", before.Number), (offer!.Act, offer.About));
        Assert.InRange(offer.Remaining, TimeSpan.Zero, StepUndo.Offered);
        var outcome = await undo.UndoAsync(offer.Id, Ct);

        Assert.Equal((1, 0), (outcome.Done, outcome.Left.Count));
        Assert.NotNull(await feed.NextAsync(Ct));
        Assert.Empty(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct));
        Assert.Null((await office.CaseAsync(id)).Published);
        Assert.Null(undo.Latest);
        var after = await host.StoredAsync(id);
        Assert.Equal((before.State, before.EventCount, before.Version), (after.State, after.EventCount, after.Version));
        await office.Get<VoiceBoard>().PublishAsync(id, Form("热水供应时间"), Ct);
        Assert.Equal("热水供应时间", Assert.Single(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct)).Title);
    }

    [Fact]
    public async Task Changed_words_come_back_and_so_does_what_was_taken_off_with_those_who_support_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, reader) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician));
        var (board, undo) = (office.Get<VoiceBoard>(), office.Get<VoiceUndo>());
        var id = await SettledAsync(host);
        await board.PublishAsync(id, Form("热水时间"), Ct);
        var row = Assert.Single(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct));
        await reader.Get<VoiceBoard>().SupportAsync(row.Id, Ct);
        var shown = Assert.Single(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct));
        host.Clock.Advance(TimeSpan.FromMinutes(5));

        await board.PublishAsync(id, Form("写错了"), Ct);
        Assert.Equal("EditPublished", (await undo.LatestAsync(Ct))!.Act);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(shown, Assert.Single(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct)));

        await board.RetireAsync(id, Ct);
        Assert.Empty(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct));
        Assert.Equal("Unpublish", (await undo.LatestAsync(Ct))!.Act);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(shown, Assert.Single(await reader.Get<VoiceBoard>().ReadAsync(ct: Ct)));

        // The same words again change nothing, so there is nothing to undo.
        await board.PublishAsync(id, Form("热水时间"), Ct);
        Assert.Null(undo.Latest);
    }

    [Fact]
    public async Task Only_who_did_it_undoes_it_and_only_for_some_seconds()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var id = await SettledAsync(host);
        await office.Get<VoiceBoard>().PublishAsync(id, Form("热水时间"), Ct);
        var step = office.Get<VoiceUndo>().Latest!.Value;

        foreach (var who in new[] { TestUsers.EnglishDispatcher, TestUsers.Manager, TestUsers.Administrator, TestUsers.Technician, TestUsers.Resident })
        {
            var desk = await host.AsAsync(who);
            await Assert.ThrowsAsync<NotFound>(() => desk.Get<VoiceUndo>().UndoAsync(step, Ct));
        }
        host.Clock.Advance(StepUndo.Offered + StepUndo.Grace + TimeSpan.FromSeconds(1));
        Assert.Null(await office.Get<VoiceUndo>().LatestAsync(Ct));
        Assert.Equal("UndoTooLate", (await Assert.ThrowsAsync<Rejected>(() => office.Get<VoiceUndo>().UndoAsync(step, Ct))).Code);
        Assert.Single(await office.Get<VoiceBoard>().ReadAsync(ct: Ct));
    }

    [Fact]
    public async Task What_a_colleague_changed_since_is_left_alone_also_when_the_words_are_the_same_again()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        var (id, undo) = (await SettledAsync(host), office.Get<VoiceUndo>());
        await office.Get<VoiceBoard>().PublishAsync(id, Form("热水时间"), Ct);
        await colleague.Get<VoiceBoard>().PublishAsync(id, Form("热水"), Ct);
        await colleague.Get<VoiceBoard>().PublishAsync(id, Form("热水时间"), Ct);

        var outcome = await undo.UndoAsync(undo.Latest!.Value, Ct);

        Assert.Equal(0, outcome.Done);
        Assert.IsType<Stale>(Assert.Single(outcome.Left).Why);
        Assert.Equal("热水时间", Assert.Single(await office.Get<VoiceBoard>().ReadAsync(ct: Ct)).Title);
    }

    [Fact]
    public async Task It_is_undone_once_also_when_two_press_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var pages = new[] { await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Dispatcher) };
        var id = await SettledAsync(host);
        await pages[0].Get<VoiceBoard>().PublishAsync(id, Form("热水时间"), Ct);
        var step = pages[0].Get<VoiceUndo>().Latest!.Value;

        var outcomes = await Task.WhenAll(pages.Select(p => Record.ExceptionAsync(() => p.Get<VoiceUndo>().UndoAsync(step, Ct)).AsTask()));

        Assert.Equal("UndoneAlready", Assert.IsType<Rejected>(Assert.Single(outcomes, o => o is not null)).Code);
        Assert.Empty(await pages[0].Get<VoiceBoard>().ReadAsync(ct: Ct));
        Assert.Single(await host.InDatabaseAsync(db => db.VoicePublications.Where(p => p.RetiredAt != null).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_settling_is_not_undone_below_an_answer_that_is_public_meanwhile()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        var id = await resident.SendAsync();
        await office.DoAsync(id, VoiceVerb.Settle, "已延长");
        var undo = office.Get<VoiceUndo>();
        var settling = undo.Latest!.Value;
        await office.Get<VoiceBoard>().PublishAsync(id, Form("热水时间"), Ct);

        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(settling, Ct)).Left).Why);
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

        Assert.Equal(VoiceState.Settled, (await host.StoredAsync(id)).State);
        Assert.Empty(await office.Get<VoiceBoard>().ReadAsync(ct: Ct));
    }

    [Fact]
    public async Task Only_who_looks_at_the_board_hears_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        var signal = host.Services.GetRequiredService<VoiceBoardSignal>();
        signal.Watch(7);

        Assert.True(signal.Wants(new KeyChanged(VoiceTopics.Board, 3), 7));
        Assert.False(signal.Wants(new KeyChanged(VoiceTopics.Board, 3), 8));
        Assert.False(signal.Wants(new KeyChanged(VoiceTopics.Levels, 3), 7));
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(signal.Wants(new KeyChanged(VoiceTopics.Board, 3), 7));
    }

    private static VoicePublishForm Form(string title) => new() { Title = title, Question = "希望热水晚一点停", Answer = "已延长" };

    private static async Task<long> SettledAsync(TestHost host)
    {
        var id = await (await host.AsAsync(TestUsers.Resident)).SendAsync();
        await (await host.AsAsync(TestUsers.EnglishDispatcher)).DoAsync(id, VoiceVerb.Settle, "已延长");
        return id;
    }
}
