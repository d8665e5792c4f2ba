using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Demo;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>The report's section says the same as counting the stored cases one by one; and the demo's cases are believable.</summary>
public sealed class VoiceReportTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_three_rates_and_complaints_per_thousand_agree_with_what_happened()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (solved, unsolved, praise, silent) = (
            await resident.SendAsync("一"), await resident.SendAsync("二"), await resident.SendAsync("谢谢", kind: VoiceKind.Praise),
            await resident.SendAsync("三", kind: VoiceKind.Suggestion));
        await office.DoAsync(solved, VoiceVerb.Settle, "已办");
        await resident.SayAsync(solved, VoiceVerb.Solve);
        await resident.SayAsync(solved, VoiceVerb.Rate, satisfaction: Satisfaction.Satisfied);
        host.Clock.Advance(TimeSpan.FromHours(30));
        await office.DoAsync(unsolved, VoiceVerb.Settle, "已办");
        await resident.SayAsync(unsolved, VoiceVerb.Appeal, "不同意");
        await (await host.AsAsync(TestUsers.Manager)).DoAsync(unsolved, VoiceVerb.Decide, new VoiceVerbForm { Text = "不支持", Upheld = false });
        await resident.SayAsync(unsolved, VoiceVerb.Rate, satisfaction: Satisfaction.Dissatisfied);
        await office.DoAsync(praise, VoiceVerb.Settle, "谢谢");

        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "voice");
        var facts = await section.ReadAsync(November, null, Ct);

        Assert.Equal((4m, 2m, 1m, 1m), (Value("received"), Value("complaints"), Value("suggestions"), Value("praises")));
        // Of three that ask for something one was answered in time, one late, and of the last one the limit has passed.
        Assert.Equal(decimal.Round(1m / 3, 4), Value("response-rate"));
        Assert.Equal((0.5m, 0.5m, 1m), (Value("solved-rate"), Value("satisfied-rate"), Value("appealed")));
        var residents = await host.InDatabaseAsync(db => db.Set<Occupancy>().CountAsync(o => o.Until == null, Ct));
        Assert.Equal(decimal.Round(2_000m / residents, 4, MidpointRounding.AwayFromZero), Value("per-thousand"));
        var things = await section.DescribeAsync([.. facts.Rows.Select(r => r.Id)], Ct);
        Assert.Equal(facts.Rows.Count, things.Count);
        Assert.Contains(things, t => t.Address == $"voice/{silent}");
        Assert.Equal([$"voice/{solved}"], (await FoundAsync("一")).Select(t => t.Address));

        decimal? Value(string figure) => FigureCalculator.Compute(
            SectionLayout.Of(section), section.Figures.Single(f => f.Code == $"voice.{figure}"), facts.Rows).Value;

        async Task<IReadOnlyList<ReportedThing>> FoundAsync(string typed) =>
            await section.DescribeAsync([.. await section.FindAsync([.. facts.Rows.Select(r => r.Id)], typed, Ct)], Ct);
    }

    [Fact]
    public async Task A_case_whose_limit_was_moved_after_it_had_passed_was_not_settled_in_time()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        var (late, early) = (await resident.SendAsync("一"), await resident.SendAsync("二"));
        var form = new VoiceVerbForm { Until = new DateTime(2026, 12, 10, 17, 0, 0), Text = "等配件" };
        foreach (var id in new[] { late, early }) await office.DoAsync(id, VoiceVerb.Reply, "正在核实");
        await office.DoAsync(early, VoiceVerb.Extend, form);
        host.Clock.Advance(TimeSpan.FromDays(8));

        await office.DoAsync(late, VoiceVerb.Extend, form);
        foreach (var id in new[] { late, early }) await office.DoAsync(id, VoiceVerb.Settle, "已办");

        Assert.Contains((await office.CaseAsync(late)).Timeline, e => e.Verb == VoiceVerb.BecomeLate);
        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "voice");
        var facts = await section.ReadAsync(November, null, Ct);
        Assert.Equal(0.5m, FigureCalculator.Compute(
            SectionLayout.Of(section), section.Figures.Single(f => f.Code == "voice.settled-in-time"), facts.Rows).Value);
    }

    [Fact]
    public async Task Sixty_cases_of_the_last_months_are_there_with_all_states_and_tell_nobody()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoVoice>().LoadAsync(Ct);
        await host.AsSystem().Get<DemoVoice>().LoadAsync(Ct);

        var cases = await host.InDatabaseAsync(db => db.VoiceCases.AsNoTracking().Include(c => c.Events).ToListAsync(Ct));
        Assert.Equal(DemoVoice.Count, cases.Count);
        Assert.Empty(Enum.GetValues<VoiceState>().Except([VoiceState.Reopened, VoiceState.Appealed]).Except(cases.Select(c => c.State)));
        Assert.Empty(Enum.GetValues<VoiceKind>().Except(cases.Select(c => c.Kind)));
        Assert.All(cases, c => Assert.True(c.Events.All(e => e.At <= TestHost.Start) && c.LastEventAt >= c.SubmittedAt));
        Assert.Contains(cases, c => c.IsAnonymous);
        Assert.DoesNotContain(cases, c => c is { IsAnonymous: true, RoomId: not null });
        Assert.Equal(cases.Count, cases.Select(c => c.Number).Distinct().Count());
        Assert.Contains(cases, c => c.Members == 2);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Set<InboxItem>().CountAsync(i => i.Kind >= 90 && i.Kind < 100, Ct)));
        Assert.DoesNotContain(await host.InDatabaseAsync(db => db.Audit.Select(a => a.Entity).Distinct().ToListAsync(Ct)),
            e => e.StartsWith("Voice", StringComparison.Ordinal));
        var english = cases.Where(c => c.Text.All(char.IsAscii)).ToList();
        Assert.InRange(english.Count, 4, cases.Count / 4);
        Assert.All(english, c => Assert.All(c.Events, e => Assert.True(e.Note is null || e.Note.All(char.IsAscii), e.Note)));
        Assert.Equal(4, english.Select(c => c.Text).Distinct().Count());
        Assert.InRange((await (await host.AsAsync(TestUsers.Technician)).Get<VoiceBoard>().ReadAsync(ct: Ct)).Count, 5, 8);
    }
}
