using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>代报: what the office records for somebody who phoned or came to the counter.</summary>
public sealed class VoiceIntakeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task The_person_has_it_and_is_told_and_whoever_recorded_it_owns_it_and_is_shown(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague, resident) =
            (await host.AsAsync(who), await host.AsAsync(TestUsers.EnglishDispatcher), await host.AsAsync(TestUsers.Resident));
        var name = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == office.PersonId).Select(p => p.FullName).SingleAsync(Ct));
        var photo = await office.PhotoAsync();

        var id = await office.RecordAsync(resident.PersonId, place: "room", photos: [photo]);

        var detail = await colleague.CaseAsync(id);
        Assert.Equal(("王小雨", false, name), (detail.Row.Reporter, detail.Row.IsAnonymous, detail.RecordedBy));
        Assert.Equal((office.PersonId, VoiceState.New), (detail.Row.OwnerId, detail.Row.State));
        Assert.NotNull(detail.Row.Room);
        Assert.Equal([photo], detail.Timeline[0].Photos.Select(p => p.Key));
        Assert.Equal(id, Assert.Single(await resident.Get<VoiceMineQueries>().ReadAsync(Ct)).Id);
        Assert.Equal(name, (await resident.MineAsync(id)).RecordedBy);
        Assert.True(await resident.SeesAsync(photo));
        var messages = await host.InDatabaseAsync(db => db.Inbox.AsNoTracking().ToListAsync(Ct));
        var told = Assert.Single(messages, m => m.PersonId == resident.PersonId);
        Assert.Equal(((int)VoiceNotification.Recorded, $"{id}"), (told.Kind, told.Subject));
        Assert.Contains(messages, m => (m.PersonId, m.Kind) == (colleague.PersonId, (int)VoiceNotification.Submitted));
        Assert.DoesNotContain(messages, m => m.PersonId == office.PersonId);

        await resident.SayAsync(id, VoiceVerb.Add, "补充一点");
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        await resident.SayAsync(id, VoiceVerb.Solve);
        Assert.Equal(VoiceState.Closed, (await host.StoredAsync(id)).State);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_else_records_for_others_or_finds_people(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var (desk, other) = (await host.AsAsync(who), await host.AsAsync(TestUsers.Dispatcher));

        await Assert.ThrowsAsync<NotFound>(() => desk.RecordAsync(other.PersonId));
        await Assert.ThrowsAsync<NotFound>(() => desk.Get<VoiceIntake>().RecordAsync(new VoiceIntakeForm(), Ct));
        await Assert.ThrowsAsync<NotFound>(() => desk.Get<VoiceIntake>().PeopleAsync("王", Ct));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.VoiceCases.CountAsync(Ct)));
    }

    [Fact]
    public async Task Only_when_the_person_asks_is_it_anonymous_and_then_nothing_but_the_reporters_table_says_who_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, manager, resident) =
            (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Resident));
        Assert.False(new VoiceIntakeForm().Anonymous);

        var id = await office.RecordAsync(resident.PersonId, anonymous: true, place: "room");

        foreach (var desk in new[] { office, manager })
        {
            var detail = await desk.CaseAsync(id);
            Assert.Equal((null, null, true), (detail.Row.Reporter, detail.Row.Room, detail.Row.IsAnonymous));
            Assert.NotNull(detail.Row.Building);
            Assert.Equal(0, (await desk.Get<IEnumerable<IPersonSection>>().OfType<VoiceOfPerson>().Single().ReadAsync(resident.PersonId, 5, Ct))!.Total);
        }
        var message = Assert.Single(await host.InDatabaseAsync(db => db.Inbox.AsNoTracking().Where(m => m.PersonId == resident.PersonId).ToListAsync(Ct)));
        Assert.Equal(((int)VoiceNotification.Recorded, "0", null), (message.Kind, message.Subject, message.About));
        Assert.Equal(id, Assert.Single(await resident.Get<VoiceMineQueries>().ReadAsync(Ct)).Id);
        var phone = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == resident.PersonId).Select(p => p.PhoneNumber).SingleAsync(Ct));
        foreach (var text in new[] { "王小雨说热水不热", $"热水不热，电话 {phone}" })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => office.RecordAsync(resident.PersonId, text, anonymous: true));
            Assert.Equal((nameof(VoiceIntakeForm.Text), "NamesReporter"), (refused.Problems.Single().Field, refused.Problems.Single().Code));
        }
        await office.RecordAsync(resident.PersonId, "王小雨说热水不热");
    }

    [Fact]
    public async Task Not_for_oneself_not_for_people_who_are_gone_and_not_without_saying_what()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));

        Assert.Equal(("PersonId", "OwnReport"), await ProblemAsync(() => office.RecordAsync(office.PersonId)));
        Assert.Equal(("PersonId", "UnknownPerson"), await ProblemAsync(() => office.RecordAsync(long.MaxValue)));
        Assert.Equal(("Place", "UnknownPlace"), await ProblemAsync(() => office.RecordAsync(resident.PersonId, place: "building:0")));
        var empty = await Assert.ThrowsAsync<Rejected>(() => office.Get<VoiceIntake>().RecordAsync(new VoiceIntakeForm(), Ct));
        Assert.Equal(["Kind", "PersonId", "Text"], empty.Problems.Select(p => p.Field).Distinct().Order());
        Assert.Equal(0, await host.InDatabaseAsync(db => db.VoiceCases.CountAsync(Ct)));

        static async Task<(string, string)> ProblemAsync(Func<Task> act)
        {
            var problem = (await Assert.ThrowsAsync<Rejected>(act)).Problems.Single();
            return (problem.Field, problem.Code);
        }
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_case_also_at_the_same_time_and_that_for_somebody_else_is_another()
    {
        await using var host = await TestHost.OpenAsync();
        var desks = new[] { await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Dispatcher) };
        var (resident, technician, key) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician), Guid.NewGuid());

        var ids = await Task.WhenAll(desks.Select(d => d.RecordAsync(resident.PersonId, key: key)));

        Assert.Single(ids.Distinct());
        Assert.NotEqual(ids[0], await desks[0].RecordAsync(technician.PersonId, key: key));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Inbox.CountAsync(m => m.PersonId == resident.PersonId, Ct)));
    }

    [Fact]
    public async Task What_the_office_records_is_not_counted_as_sent_by_the_person()
    {
        await using var host = await TestHost.OpenAsync(services => services.Configure<LimitOptions>(o => o.ReportsPerDay = 1));
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        await office.RecordAsync(resident.PersonId, "一");
        await office.RecordAsync(resident.PersonId, "二");

        await resident.SendAsync("三");

        Assert.Equal("TooManyReports", (await Assert.ThrowsAsync<Rejected>(() => resident.SendAsync("四"))).Code);
    }

    [Fact]
    public async Task A_colleague_for_whom_it_was_recorded_does_not_work_on_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));

        var id = await office.RecordAsync(colleague.PersonId, kind: VoiceKind.Suggestion);

        await Assert.ThrowsAsync<Forbidden>(() => colleague.DoAsync(id, VoiceVerb.Settle, "已办"));
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        await Assert.ThrowsAsync<NotFound>(() => office.MineAsync(id));
        Assert.Equal(VoiceKind.Suggestion, (await colleague.MineAsync(id)).Row.Kind);
    }

    [Theory]
    [InlineData("王小雨")]
    [InlineData("wangxiaoyu")]
    [InlineData("wxy")]
    public async Task The_person_is_found_with_their_room_by_name_and_pinyin(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        var intake = office.Get<VoiceIntake>();

        var found = Assert.Single(await intake.PeopleAsync(typed, Ct), p => p.Id == resident.PersonId);

        Assert.Equal("王小雨", found.FullName);
        Assert.Contains("512", found.Room!.Zh, StringComparison.Ordinal);
        Assert.DoesNotContain(await intake.PeopleAsync("王静", Ct), p => p.Id == office.PersonId);
        Assert.Empty(await intake.PeopleAsync("%_'\"*", Ct));
    }

    [Fact]
    public void The_first_entry_is_the_offices_and_names_who_recorded_it()
    {
        var sent = VoiceCase.Submit("TS20261122-0001", new VoiceReport(VoiceKind.Praise, "谢谢", false), TestHost.Start, recordedById: 7);

        var written = Assert.Single(sent.Events);
        Assert.Equal((VoiceVerb.Submit, VoiceSide.Office, 7L, false), (written.Verb, written.Side, written.ActorId, written.IsInternal));
        Assert.Equal("TakenAlready", Assert.Throws<Rejected>(() => sent.Take(8, TestHost.Start)).Code);
    }
}
