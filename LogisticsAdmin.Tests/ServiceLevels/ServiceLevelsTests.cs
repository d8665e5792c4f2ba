using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.ServiceLevels;

/// <summary>Who manages the service levels, steps and crew leads, and how levels succeed one another.</summary>
public sealed class ServiceLevelsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    public async Task The_office_reads_and_only_managers_and_administrators_change(string person, bool keeps)
    {
        await using var host = await TestHost.OpenAsync();
        var levels = (await host.AsAsync(person)).Get<ServiceLevelService>();
        var (step, crew) = ((await levels.StepsAsync(Ct))[0], (await levels.CrewLeadsAsync(Ct))[0]);
        Assert.Equal((4, TimeSpan.FromHours(7.5)), ((await levels.ReadAsync(Ct)).Count, await levels.WorkdayAsync(Ct)));
        var form = await FormAsync(levels);
        var own = await FormAsync(levels, category: await CategoryAsync(host, "water-tap"));
        Func<Task>[] changes =
        [
            () => levels.SetAsync(form, Ct),
            () => levels.SetAsync(own, Ct),
            async () => await levels.EndAsync((await levels.ReadAsync(Ct)).FirstOrDefault(l => l.CategoryId is not null)?.Id ?? 0, Ct),
            () => levels.SetStepAsync(null, new StepForm { Clock = ClockKind.Completion, Minutes = 600, Audience = EscalationAudience.Manager }, Ct),
            () => levels.RemoveStepAsync(step.Id, step.Version, Ct),
            () => levels.LeadAsync(crew.CrewId, null, Ct),
        ];
        foreach (var change in changes)
        {
            if (keeps) await change();
            else await Assert.ThrowsAsync<Forbidden>(change);
        }
    }

    [Fact]
    public async Task A_second_scope_with_subjects_is_refused_because_a_level_stores_the_id_alone()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddScoped<ILevelScope, OtherScope>());
        var levels = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => levels.SubjectsAsync(Ct));
        Assert.Contains("repairs and complaints", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class OtherScope : ILevelScope
    {
        public string Key => "complaints";
        public LocalName Name => new("投诉", "Complaints");

        public Task<IReadOnlyList<LevelSubject>> SubjectsAsync(CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<LevelSubject>>([new LevelSubject(1, Name, null, 1, 0, IsRetired: false)]);

        public Task<bool> OffersAsync(LogisticsDb db, long subjectId, CancellationToken ct) => Task.FromResult(subjectId == 1);

        public Task<int> RecalculateAsync(CancellationToken ct) => Task.FromResult(0);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_outside_the_office_reads_them(string person)
    {
        await using var host = await TestHost.OpenAsync();
        var levels = (await host.AsAsync(person)).Get<ServiceLevelService>();
        await Assert.ThrowsAsync<Forbidden>(() => levels.ReadAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => levels.StepsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => levels.CrewLeadsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => levels.WorkdayAsync(Ct));
    }

    [Fact]
    public async Task A_change_ends_one_level_and_begins_another_and_the_history_says_who_and_why()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var levels = manager.Get<ServiceLevelService>();
        using var reader = manager.Get<IChangeFeed>().Subscribe(manager.PersonId, c => c is KeyChanged { Topic: ServiceLevelService.Topic });
        var before = await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));

        await levels.SetAsync(await FormAsync(levels, completion: 15), Ct);
        Assert.NotEmpty((await reader.NextAsync(Ct))!.Changes);
        await host.Services.GetRequiredService<ServiceClockCache>().RefreshAsync(Ct);
        var after = await host.TicketAsync();

        var history = (await levels.ReadAsync(Ct)).Where(l => l.Urgency == Urgency.Normal).ToList();
        var now = host.Clock.GetUtcNow();
        Assert.Equal([(900, (DateTimeOffset?)null, "沈国栋", "校长办公会"), (1350, now, null, null)], history.Select(l => (l.CompletionMinutes, l.Until, l.By, l.Why)));
        Assert.Equal(now, history[0].From);
        var kept = await host.InDatabaseAsync(db => db.RepairTickets.ToDictionaryAsync(t => t.Id, t => t.ServiceLevelId, Ct));
        Assert.Equal((history[1].Id, history[0].Id), (kept[before.Id], kept[after.Id]));
        Assert.True(after.DueAt < before.DueAt);
    }

    [Fact]
    public async Task What_changes_nothing_is_refused_and_so_is_what_was_opened_before_somebody_else_s_change()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<ServiceLevelService>();
        var same = await Assert.ThrowsAsync<Rejected>(async () => await manager.SetAsync(await FormAsync(manager, completion: 22.5m), Ct));
        Assert.Equal("SameLevel", same.Code);

        var (first, second) = (await FormAsync(manager, completion: 15), await FormAsync(admin, completion: 30));
        await manager.SetAsync(first, Ct);
        Assert.Equal("沈国栋", (await Assert.ThrowsAsync<Stale>(() => admin.SetAsync(second, Ct))).By);
        Assert.Equal(900, (await manager.ReadAsync(Ct)).Single(l => l.Urgency == Urgency.Normal && l.Until is null).CompletionMinutes);
    }

    [Fact]
    public async Task Each_field_that_is_wrong_is_named()
    {
        await using var host = await TestHost.OpenAsync();
        var levels = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var empty = await Assert.ThrowsAsync<Rejected>(() => levels.SetAsync(new LevelForm { ForCategory = true }, Ct));
        Assert.Equal(["CategoryId", "CompletionHours", "ResponseHours", "Urgency", "Why"], empty.Problems.Select(p => p.Field).Distinct().Order());

        var shorter = await FormAsync(levels, completion: 1);
        Assert.Equal(["CompletionHours"], (await Assert.ThrowsAsync<Rejected>(() => levels.SetAsync(shorter, Ct))).Problems.Select(p => p.Field));
        var unknown = await FormAsync(levels, category: 9_999);
        Assert.Equal(["CategoryId"], (await Assert.ThrowsAsync<Rejected>(() => levels.SetAsync(unknown, Ct))).Problems.Select(p => p.Field));
        var step = await Assert.ThrowsAsync<Rejected>(() => levels.SetStepAsync(null, new StepForm(), Ct));
        Assert.Equal(["Audience", "Clock", "Minutes"], step.Problems.Select(p => p.Field).Distinct().Order());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("water-tap")]
    public async Task The_database_refuses_two_in_force(string? category)
    {
        await using var host = await TestHost.OpenAsync();
        long? id = category is null ? null : await CategoryAsync(host, category);
        Task<int> AddAsync() => host.InDatabaseAsync(db =>
        {
            db.ServiceLevels.Add(new ServiceLevel(Urgency.Normal, id, TimeSpan.FromHours(1), TimeSpan.FromHours(2), false, TestHost.Start, null, null));
            return db.SaveChangesAsync(Ct);
        });
        if (category is not null) await AddAsync();
        await Assert.ThrowsAsync<DbUpdateException>(AddAsync);
    }

    [Fact]
    public async Task A_category_s_own_level_goes_before_its_group_s_and_that_before_the_urgency_s()
    {
        await using var host = await TestHost.OpenAsync();
        var levels = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var leaf = await CategoryAsync(host, "water-tap");
        var group = (await host.InDatabaseAsync(db => db.Categories.Where(c => c.Id == leaf).Select(c => c.ParentId).SingleAsync(Ct)))!.Value;
        Assert.Equal(1350, await LimitAsync());

        await levels.SetAsync(await FormAsync(levels, completion: 15, category: group), Ct);
        Assert.Equal(900, await LimitAsync());
        await levels.SetAsync(await FormAsync(levels, completion: 7.5m, category: leaf), Ct);
        Assert.Equal(450, await LimitAsync());

        var own = (await levels.ReadAsync(Ct)).ToDictionary(l => (l.Urgency, l.CategoryId));
        Assert.NotNull(own[(Urgency.Normal, leaf)].Group);
        await levels.EndAsync(own[(Urgency.Normal, leaf)].Id, Ct);
        Assert.Equal(900, await LimitAsync());
        await levels.EndAsync(own[(Urgency.Normal, group)].Id, Ct);
        Assert.Equal(1350, await LimitAsync());
        await Assert.ThrowsAsync<NotFound>(() => levels.EndAsync(own[(Urgency.Normal, group)].Id, Ct));
        Assert.Equal("LevelNeeded", (await Assert.ThrowsAsync<Rejected>(() => levels.EndAsync(own[(Urgency.Normal, null)].Id, Ct))).Code);

        async Task<int> LimitAsync()
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Services.GetRequiredService<ServiceClockCache>().RefreshAsync(Ct);
            var ticket = await host.TicketAsync();
            return await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Id == ticket.Id)
                .Join(db.ServiceLevels, t => t.ServiceLevelId, l => l.Id, (t, l) => l.CompletionMinutes).SingleAsync(Ct));
        }
    }

    [Fact]
    public async Task Steps_are_added_changed_and_removed_and_never_twice_the_same()
    {
        await using var host = await TestHost.OpenAsync();
        var levels = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var form = new StepForm { Clock = ClockKind.Completion, Minutes = -120, Audience = EscalationAudience.CrewLead };
        await levels.SetStepAsync(null, form, Ct);
        var added = (await levels.StepsAsync(Ct)).Single(s => s.OffsetMinutes == -120);
        form.Version = added.Version;
        await levels.SetStepAsync(added.Id, form, Ct);

        var twice = await Assert.ThrowsAsync<Rejected>(() => levels.SetStepAsync(null, form, Ct));
        Assert.Equal(("SameStep", "Minutes"), (twice.Code, twice.Problems[0].Field));

        form.Minutes = 0;
        await levels.SetStepAsync(added.Id, form, Ct);
        var changed = new StepRow(added.Id, added.Version + 1, ClockKind.Completion, 0, EscalationAudience.CrewLead);
        Assert.Contains(changed, await levels.StepsAsync(Ct));
        form.Minutes = 60;
        Assert.Equal("沈国栋", (await Assert.ThrowsAsync<Stale>(() => levels.SetStepAsync(added.Id, form, Ct))).By);
        Assert.Contains(changed, await levels.StepsAsync(Ct));
        Assert.Equal("沈国栋", (await Assert.ThrowsAsync<Stale>(() => levels.RemoveStepAsync(added.Id, added.Version, Ct))).By);
        await levels.RemoveStepAsync(added.Id, changed.Version, Ct);
        Assert.DoesNotContain(await levels.StepsAsync(Ct), s => s.Id == added.Id);
        await Assert.ThrowsAsync<NotFound>(() => levels.RemoveStepAsync(added.Id, changed.Version, Ct));
    }

    [Fact]
    public async Task A_crew_is_led_by_a_technician_of_its_own()
    {
        await using var host = await TestHost.OpenAsync();
        var levels = (await host.AsAsync(TestUsers.Manager)).Get<ServiceLevelService>();
        var crews = await levels.CrewLeadsAsync(Ct);
        var (crew, other) = (crews.First(c => c.Technicians.Count > 1), crews.Last(c => c.Technicians.Count > 0));

        await levels.LeadAsync(crew.CrewId, crew.Technicians[1].Id, Ct);
        Assert.Equal(crew.Technicians[1].Id, (await levels.CrewLeadsAsync(Ct)).Single(c => c.CrewId == crew.CrewId).LeadId);
        var strange = await Assert.ThrowsAsync<Rejected>(() => levels.LeadAsync(crew.CrewId, other.Technicians[0].Id, Ct));
        Assert.Equal("NotInCrew", strange.Code);
        await levels.LeadAsync(crew.CrewId, null, Ct);
        Assert.Null((await levels.CrewLeadsAsync(Ct)).Single(c => c.CrewId == crew.CrewId).LeadId);
    }

    private static Task<long> CategoryAsync(TestHost host, string code) =>
        host.InDatabaseAsync(db => db.Categories.Where(c => c.Code == code).Select(c => c.Id).SingleAsync(Ct));

    /// <summary>The form as the dialog opens it, with another completion limit in hours.</summary>
    private static async Task<LevelForm> FormAsync(ServiceLevelService levels, decimal completion = 15, long? category = null) => new()
    {
        Urgency = Urgency.Normal,
        CategoryId = category,
        ResponseHours = 4,
        CompletionHours = completion,
        ExpectedLevelId = (await levels.ReadAsync(Ct)).SingleOrDefault(l => l.Urgency == Urgency.Normal && l.CategoryId == category && l.Until is null)?.Id,
        Why = "校长办公会",
    };
}
