using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Photos that go along with answers, notes and additions: who sees them, in which cases they stand, and that each is sent once.</summary>
public sealed class VoicePhotoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Photos_of_answers_are_seen_by_the_reporter_and_the_office_and_by_nobody_else(bool isAnonymous)
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office, manager) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        var id = await resident.SendAsync(anonymous: isAnonymous);
        var (reply, addition, settled, decided) =
            (await office.PhotoAsync(), await resident.PhotoAsync(), await office.PhotoAsync(), await manager.PhotoAsync());

        await office.DoAsync(id, VoiceVerb.Reply, new VoiceVerbForm { Text = "正在核实", Photos = [reply] });
        await resident.Get<VoiceMine>().PerformAsync(id, VoiceVerb.Add, new VoiceAnswerForm { Text = "又停了", Photos = [addition] }, Ct);
        await office.DoAsync(id, VoiceVerb.Settle, new VoiceVerbForm { Text = "已更换阀门", Photos = [settled] });
        await resident.SayAsync(id, VoiceVerb.Appeal, "不同意");
        await manager.DoAsync(id, VoiceVerb.Decide, new VoiceVerbForm { Text = "支持", Upheld = true, Photos = [decided] });

        Guid[] all = [reply, addition, settled, decided];
        Assert.Equal(all, (await resident.MineAsync(id)).Timeline.SelectMany(e => e.Photos).Select(p => p.Key));
        Assert.Equal(all, (await office.CaseAsync(id)).Timeline.SelectMany(e => e.Photos).Select(p => p.Key));
        foreach (var who in new[] { TestUsers.Resident, TestUsers.Dispatcher, TestUsers.EnglishDispatcher, TestUsers.Manager, TestUsers.Administrator })
        {
            var desk = await host.AsAsync(who);
            foreach (var photo in all) Assert.True(await desk.SeesAsync(photo), who);
        }
        var technician = await host.AsAsync(TestUsers.Technician);
        foreach (var photo in all)
        {
            Assert.False(await technician.SeesAsync(photo));
            await Assert.ThrowsAsync<NotFound>(() => technician.Get<MediaService>().OpenAsync(photo, thumbnail: true, Ct));
        }
    }

    [Fact]
    public async Task Photos_of_internal_notes_are_not_for_the_reporter_not_even_for_one_of_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, reporter, colleague) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        foreach (var sender in new[] { resident, reporter })
        {
            var id = await sender.SendAsync(anonymous: true);
            var photo = await colleague.PhotoAsync();
            await colleague.DoAsync(id, VoiceVerb.Note, new VoiceVerbForm { Text = "现场照片", Photos = [photo] });

            Assert.True(await colleague.SeesAsync(photo));
            Assert.False(await sender.SeesAsync(photo));
            Assert.DoesNotContain((await sender.MineAsync(id)).Timeline, e => e.Photos.Count > 0);
        }
    }

    [Fact]
    public async Task The_photo_of_an_answer_to_a_lead_stands_in_every_case_of_the_group_and_each_reporter_sees_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, technician, office) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Dispatcher));
        var (lead, member, other) = (await resident.SendAsync("一"), await technician.SendAsync("二", anonymous: true), await office.SendAsync("三"));
        await office.DoAsync(member, VoiceVerb.Group, new VoiceVerbForm { Lead = (await host.StoredAsync(lead)).Number });
        var (own, answer) = (await resident.PhotoAsync(), await office.PhotoAsync());
        await resident.Get<VoiceMine>().PerformAsync(lead, VoiceVerb.Add, new VoiceAnswerForm { Text = "照片", Photos = [own] }, Ct);

        await office.DoAsync(lead, VoiceVerb.Settle, new VoiceVerbForm { Text = "已修好", Photos = [answer] });

        Assert.Equal([answer], (await technician.MineAsync(member)).Timeline[^1].Photos.Select(p => p.Key));
        Assert.Equal([answer], (await resident.MineAsync(lead)).Timeline[^1].Photos.Select(p => p.Key));
        Assert.Empty((await office.MineAsync(other)).Timeline.SelectMany(e => e.Photos));
        foreach (var desk in new[] { resident, technician }) Assert.True(await desk.SeesAsync(answer));
        // What the other reporter sent is theirs.
        Assert.Equal((true, false), (await resident.SeesAsync(own), await technician.SeesAsync(own)));
        var uses = await host.InDatabaseAsync(db => db.VoicePhotos.AsNoTracking().Where(p => p.Key == answer).Select(p => p.CaseId).ToListAsync(Ct));
        Assert.Equal([lead, member], uses.Select(c => c!.Value).Order());
        host.Clock.Advance(TimeSpan.FromDays(3));
        await host.AsSystem().Get<MediaSweep>().SweepDraftsAsync(Ct);
        await host.AsSystem().Get<MediaSweep>().SweepFilesAsync(Ct);
        await using var kept = await technician.Get<MediaService>().OpenAsync(answer, thumbnail: false, Ct);
        Assert.True(kept.Length > 0);
    }

    [Fact]
    public async Task A_photo_is_sent_with_one_answer_also_when_two_are_sent_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await (await host.AsAsync(TestUsers.Resident)).SendAsync();
        var desks = new[] { await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher) };
        var form = new VoiceVerbForm { Text = "正在核实", Photos = [await desks[0].PhotoAsync()] };

        var outcomes = await Task.WhenAll(desks.Select(d => Record.ExceptionAsync(() => d.DoAsync(id, VoiceVerb.Reply, form)).AsTask()));

        var refused = Assert.IsType<Rejected>(Assert.Single(outcomes, o => o is not null));
        Assert.Equal((nameof(VoiceVerbForm.Photos), "UnknownPhoto"), (refused.Problems.Single().Field, refused.Problems.Single().Code));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoiceEvents.CountAsync(e => e.CaseId == id && e.Verb == VoiceVerb.Reply, Ct)));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.VoicePhotos.CountAsync(p => p.CaseId == id, Ct)));
    }

    [Fact]
    public async Task Too_many_photos_those_for_several_cases_and_those_of_verbs_that_take_none_are_not_stored_with_a_case()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (id, other) = (await resident.SendAsync("一"), await resident.SendAsync("二"));
        List<Guid> photos = [];
        for (var n = 0; n <= VoiceLimits.Photos; n++) photos.Add(await office.PhotoAsync());

        Assert.Equal("TooManyPhotos", await CodeAsync(() => office.DoAsync(id, VoiceVerb.Reply, new VoiceVerbForm { Text = "好", Photos = photos })));
        var form = new VoiceVerbForm { Text = "好", Photos = photos[1..] };
        Assert.Equal("PhotosForOne", await CodeAsync(() => office.DoManyAsync([id, other], VoiceVerb.Reply, form)));
        await office.DoAsync(id, VoiceVerb.Escalate, form);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.VoicePhotos.CountAsync(p => p.CaseId != null, Ct)));

        await office.DoAsync(id, VoiceVerb.Reply, form);
        Assert.Equal(photos[1..], (await resident.MineAsync(id)).Timeline[^1].Photos.Select(p => p.Key));

        static async Task<string> CodeAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Problems.Single().Code;
    }
}
