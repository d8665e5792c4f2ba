using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>One verb on many cases, above all an internal note: each is done or refused on its own, by the rules of single cases.</summary>
public sealed class VoiceBulkTests
{
    private const string Text = "已转水电组";

    private static readonly VoiceFilter All = new() { View = VoiceView.All, Sort = VoiceSort.Oldest };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task A_note_reaches_every_marked_case_in_any_state_and_only_the_office_reads_it(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, colleague, desk) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.EnglishDispatcher), await host.AsAsync(who));
        var (open, settled, withdrawn) = (await resident.SendAsync("一"), await resident.SendAsync("二", anonymous: true), await resident.SendAsync("三"));
        await colleague.DoAsync(settled, VoiceVerb.Settle, "已办");
        await resident.SayAsync(withdrawn, VoiceVerb.Withdraw);
        var rows = await desk.OpenAsync(All);
        var messages = await MessagesAsync();
        RecordedProgress progress = new();

        var result = await desk.Get<VoiceBulk>().RunAsync(Note([.. rows.Select(VoiceBulkCase.Of)], $" {Text} "), progress, Ct);

        Assert.Equal([open, settled, withdrawn], result.Done);
        Assert.Equal((0, 0), (result.Refused.Count, result.Remaining));
        Assert.Equal([new(1, 0, 3), new(2, 0, 3), new BulkProgress(3, 0, 3)], progress.Steps);
        foreach (var row in rows)
        {
            var now = await desk.CaseAsync(row.Id);
            Assert.Equal((VoiceVerb.Note, Text, true), (now.Timeline[^1].Verb, now.Timeline[^1].Note, now.Timeline[^1].IsInternal));
            Assert.Equal((row.State, row.OwnerId), (now.Row.State, now.Row.OwnerId));
            Assert.DoesNotContain((await resident.MineAsync(row.Id)).Timeline, e => e.Verb == VoiceVerb.Note);
        }
        Assert.Equal(messages, await MessagesAsync());

        Task<int> MessagesAsync() => host.InDatabaseAsync(db => db.Inbox.CountAsync(Ct));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task It_is_for_the_office_alone_also_with_a_form_that_lacks_something(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await (await host.AsAsync(TestUsers.Resident)).SendAsync();
        var desk = await host.AsAsync(who);

        foreach (var verb in VoiceBulkRequest.Verbs)
            await Assert.ThrowsAsync<NotFound>(() => desk.DoManyAsync([id], verb, new VoiceVerbForm()));
        await Assert.ThrowsAsync<NotFound>(() => desk.DoManyAsync([id], VoiceVerb.Note, new VoiceVerbForm { Text = Text }));

        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoiceEvents.CountAsync(Ct)));
    }

    [Fact]
    public async Task Who_sent_a_case_themselves_is_refused_for_that_case_and_the_others_get_the_note()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (own, other) = (await office.SendAsync("一", anonymous: true), await resident.SendAsync("二"));

        var result = await office.DoManyAsync([own, other, 4711], VoiceVerb.Note, new VoiceVerbForm { Text = Text });

        Assert.Equal([other], result.Done);
        Assert.Equal([(own, typeof(Forbidden)), (4711L, typeof(NotFound))], result.Refused.Select(r => (r.Id, r.Why!.GetType())));
        Assert.Equal(other, await host.InDatabaseAsync(db => db.VoiceEvents.Where(e => e.Verb == VoiceVerb.Note).Select(e => e.CaseId).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Rows_that_were_read_before_somebody_else_acted_get_the_note_too_and_lose_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office, colleague) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        var (one, two) = (await resident.SendAsync("一"), await resident.SendAsync("二"));
        var stale = await office.OpenAsync(All);
        await colleague.DoAsync(one, VoiceVerb.Settle, "已办");
        await resident.SayAsync(two, VoiceVerb.Add, "昨晚又停了");
        var versions = await VersionsAsync();
        Assert.All(stale, row => Assert.NotEqual(row.Version, versions[row.Id]));

        var note = await office.Get<VoiceBulk>().RunAsync(Note([.. stale.Select(VoiceBulkCase.Of)]), ct: Ct);
        var take = await office.Get<VoiceBulk>().RunAsync(
            new VoiceBulkRequest(VoiceVerb.Take, new VoiceVerbForm(), [.. stale.Select(VoiceBulkCase.Of)]), ct: Ct);

        Assert.Equal([one, two], note.Done);
        Assert.Equal([two], take.Done);
        Assert.Equal("WrongState", Assert.IsType<Rejected>(Assert.Single(take.Refused).Why).Code);
        Assert.Equal(["Submit", "Settle", "Note"], (await office.CaseAsync(one)).Timeline.Select(e => e.Verb.ToString()));
        Assert.Equal(["Submit", "Add", "Note", "Take"], (await office.CaseAsync(two)).Timeline.Select(e => e.Verb.ToString()));
        Assert.Equal(colleague.PersonId, (await host.StoredAsync(one)).OwnerId);

        Task<Dictionary<long, long>> VersionsAsync() =>
            host.InDatabaseAsync(db => db.VoiceCases.ToDictionaryAsync(c => c.Id, c => c.Version, Ct));
    }

    [Fact]
    public async Task Notes_of_two_people_and_what_reporters_add_at_the_same_time_all_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office, colleague) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        List<long> ids = [];
        for (var n = 0; n < 12; n++) ids.Add(await resident.SendAsync($"第 {n} 件"));

        await Task.WhenAll(
            Task.Run(() => office.DoManyAsync(ids, VoiceVerb.Note, new VoiceVerbForm { Text = "一" }), Ct),
            Task.Run(() => colleague.DoManyAsync([.. ids.AsEnumerable().Reverse()], VoiceVerb.Note, new VoiceVerbForm { Text = "二" }), Ct),
            Task.Run(async () =>
            {
                foreach (var id in ids) await resident.SayAsync(id, VoiceVerb.Add, "补充");
            }, Ct));

        var events = (await host.InDatabaseAsync(db => db.VoiceEvents.OrderBy(e => e.Id).ToListAsync(Ct))).ToLookup(e => e.CaseId);
        foreach (var id in ids)
        {
            Assert.Equal(["一", "二", "补充"], events[id].Select(e => e.Note).OfType<string>().Order(StringComparer.Ordinal));
            Assert.Equal((4, VoiceState.New), ((await host.StoredAsync(id)).EventCount, (await host.StoredAsync(id)).State));
        }
    }

    [Fact]
    public async Task One_undo_takes_the_note_back_and_leaves_alone_what_changed_since()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (one, two) = (await resident.SendAsync("一"), await resident.SendAsync("二"));
        await office.DoManyAsync([one, two], VoiceVerb.Note, new VoiceVerbForm { Text = Text });
        await resident.SayAsync(two, VoiceVerb.Add, "昨晚又停了");
        var undo = office.Get<VoiceUndo>();
        var offer = await undo.LatestAsync(Ct);

        var outcome = await undo.UndoAsync(offer!.Id, Ct);

        Assert.Equal(("Note", 1), (offer.Act, outcome.Done));
        Assert.Equal((await host.StoredAsync(two)).Number, Assert.Single(outcome.Left).Name);
        var timeline = (await office.CaseAsync(one)).Timeline;
        Assert.Equal(["Submit", "Note", "Undo"], timeline.Select(e => e.Verb.ToString()));
        Assert.Equal((Text, "Note", true), (timeline[1].Note, timeline[2].Code, timeline[2].IsInternal));
        Assert.Equal(["Submit"], (await resident.MineAsync(one)).Timeline.Select(e => e.Verb.ToString()));
        Assert.Equal(["Submit", "Note", "Add"], (await office.CaseAsync(two)).Timeline.Select(e => e.Verb.ToString()));
        Assert.Equal("UndoneAlready", (await Assert.ThrowsAsync<Rejected>(() => undo.UndoAsync(offer.Id, Ct))).Code);
    }

    [Fact]
    public async Task Whoever_stops_hears_what_was_done_and_how_many_were_left()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        long[] ids = [await resident.SendAsync("一"), await resident.SendAsync("二"), await resident.SendAsync("三")];
        using var stop = new CancellationTokenSource();

        var result = await office.Get<VoiceBulk>().RunAsync(
            Note([.. ids.Select(id => new VoiceBulkCase(id, "?"))]), new RecordedProgress(stop.Cancel), stop.Token);

        Assert.Equal([ids[0]], result.Done);
        Assert.Equal((0, 2), (result.Refused.Count, result.Remaining));
        Assert.Equal(1, (await office.Get<VoiceUndo>().UndoAsync(office.Get<VoiceUndo>().Latest!.Value, Ct)).Done);
    }

    [Fact]
    public async Task The_page_shows_progress_and_takes_a_click_to_stop_between_two_cases()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        long[] ids = [await resident.SendAsync("一"), await resident.SendAsync("二"), await resident.SendAsync("三")];
        using var stop = new CancellationTokenSource();

        var result = await OneAtATime.RunAsync(
            () => office.Get<VoiceBulk>().RunAsync(
                Note([.. ids.Select(id => new VoiceBulkCase(id, "?"))]), new Progress<BulkProgress>(_ => stop.Cancel()), stop.Token), Ct);

        Assert.Equal([ids[0]], result.Done);
        Assert.Equal(2, result.Remaining);
    }

    [Fact]
    public async Task An_error_in_the_middle_leaves_what_was_done_and_names_the_case_by_a_reference_in_the_log()
    {
        RecordingLoggerProvider log = new();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<ILoggerProvider>(log));
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        long[] ids = [await resident.SendAsync("一"), await resident.SendAsync("二"), await resident.SendAsync("三")];
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            """
            CREATE TRIGGER "Fault" BEFORE INSERT ON "VoiceEvents" WHEN NEW."Note" = 'TS20261122-0002 已转水电组'
            BEGIN SELECT RAISE(ABORT, 'disk on fire'); END
            """,
            Ct));

        var result = await office.DoManyAsync(ids, VoiceVerb.Note, new VoiceVerbForm { Text = $"{{单号}} {Text}" });

        Assert.Equal([ids[0], ids[2]], result.Done);
        var refused = Assert.Single(result.Refused);
        Assert.Equal((ids[1], null), (refused.Id, refused.Why));
        var entry = Assert.Single(log.Errors, e => e.Message.Contains(refused.ErrorReference!, StringComparison.Ordinal));
        Assert.Contains("disk on fire", entry.Error!.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await office.Get<VoiceUndo>().UndoAsync(office.Get<VoiceUndo>().Latest!.Value, Ct)).Done);
    }

    [Fact]
    public async Task A_canned_text_is_filled_for_each_case_and_tells_no_group_who_its_reporters_are()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician, office) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, member, hidden) = (await resident.SendAsync("一"), await technician.SendAsync("二"), await resident.SendAsync("三", anonymous: true));
        await office.DoAsync(member, VoiceVerb.Group, new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number });
        var form = new VoiceVerbForm { Text = "{报修人}，{单号}" };

        await office.DoManyAsync([lead, hidden], VoiceVerb.Note, form);
        await office.DoManyAsync([lead, hidden], VoiceVerb.Reply, form);

        Assert.Equal($"王小雨，{(await host.StoredAsync(lead)).Number}", await LastAsync(lead, VoiceVerb.Note));
        foreach (var (id, number) in new[] { (lead, lead), (member, lead), (hidden, hidden) })
        {
            var said = await LastAsync(id, VoiceVerb.Reply);
            Assert.Contains((await host.StoredAsync(number)).Number, said, StringComparison.Ordinal);
            Assert.DoesNotContain("王小雨", said, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("王小雨", await LastAsync(hidden, VoiceVerb.Note), StringComparison.Ordinal);

        async Task<string> LastAsync(long id, VoiceVerb verb) => (await office.CaseAsync(id)).Timeline.Last(e => e.Verb == verb).Note!;
    }

    [Fact]
    public async Task What_was_typed_wrong_is_refused_before_anything_is_done_and_what_becomes_too_long_for_its_case()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var id = await resident.SendAsync();
        long[] many = [.. Enumerable.Range(1, VoiceLimits.Bulk + 1)];
        var form = new VoiceVerbForm { Text = Text };

        foreach (var text in new[] { null, " ", "\u200B", new string('长', VoiceLimits.Text + 1) })
            await Assert.ThrowsAsync<Rejected>(() => office.DoManyAsync([id], VoiceVerb.Note, new VoiceVerbForm { Text = text }));
        Assert.Equal("BulkTooLarge", (await Assert.ThrowsAsync<Rejected>(() => office.DoManyAsync(many, VoiceVerb.Note, form))).Code);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => office.DoManyAsync([id], VoiceVerb.Decide, form));
        var repeated = string.Concat(Enumerable.Repeat("{单号}", VoiceLimits.Text / 4));
        var result = await office.DoManyAsync([id], VoiceVerb.Note, new VoiceVerbForm { Text = repeated });

        Assert.IsType<Rejected>(Assert.Single(result.Refused).Why);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoiceEvents.CountAsync(Ct)));
    }

    private static VoiceBulkRequest Note(IReadOnlyList<VoiceBulkCase> cases, string text = Text) =>
        new(VoiceVerb.Note, new VoiceVerbForm { Text = text }, cases);
}
