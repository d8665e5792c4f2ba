using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>
/// All figures about repairs a second time, in the obvious way: tells the life of each ticket from its timeline and asks of every moment on
/// which of the office's days it is. It knows none of the product's facts, and of the ticket only what no event says.
/// </summary>
internal sealed class FigureOracle
{
    private readonly List<TicketStory> _stories;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset _now;

    private FigureOracle(List<TicketStory> stories, TimeZoneInfo zone, DateTimeOffset now) => (_stories, _zone, _now) = (stories, zone, now);

    public static async Task<FigureOracle> ReadAsync(
        TestHost host, TimeZoneInfo zone, MinuteCalendar office, MinuteCalendar always, IReadOnlyDictionary<string, RandomHistories.Origin> origins)
    {
        var ct = TestContext.Current.CancellationToken;
        var clocks = await host.ClocksAsync();
        return await host.InDatabaseAsync(async db =>
        {
            var tickets = await db.RepairTickets.AsNoTracking().Include(t => t.Events.OrderBy(e => e.Id)).OrderBy(t => t.Id).ToListAsync(ct);
            var uses = (await db.Set<RepairUse>().AsNoTracking().ToListAsync(ct)).ToLookup(u => u.TicketId);
            var categories = await db.Categories.AsNoTracking().ToDictionaryAsync(c => c.Id, ct);
            var crews = await db.Set<Crew>().AsNoTracking().ToDictionaryAsync(c => c.Id, c => c.CentreId, ct);
            var staff = await (from r in db.UserRoles join role in db.Roles on r.RoleId equals role.Id where role.Name != nameof(Role.Resident) select r.UserId)
                .ToListAsync(ct);
            var reworked = tickets.Select(t => t.ReworkOfId).OfType<long>().ToHashSet();
            return new FigureOracle([.. tickets.Select(t => new TicketStory(t, origins[t.Number], [.. uses[t.Id]], categories, crews,
                [.. staff], reworked.Contains(t.Id), clocks, office, always))], zone, host.Clock.GetUtcNow());
        });
    }

    public TicketStory Story(long id) => _stories.Single(s => s.Ticket.Id == id);

    /// <summary>The rows of a figure in a period: what counts or is measured, and the denominator of a share.</summary>
    public (List<TicketStory> Counted, List<TicketStory> Base) Rows(string code, ReportPeriod period)
    {
        var figure = FigureRules.All[code];
        var asked = new FigureRules.Asked(period, _zone, _now);
        var based = figure.Base is null ? [] : _stories.Where(s => figure.Base(asked, s)).ToList();
        var counted = (figure.Base is null ? _stories : based).Where(s => figure.Counts(asked, s)).ToList();
        return (counted, based);
    }

    /// <summary>The value of a figure over these rows, rounded as the product rounds.</summary>
    public static decimal? Value(string code, List<TicketStory> counted, List<TicketStory> based)
    {
        var figure = FigureRules.All[code];
        if (figure.Base is not null) return based.Count == 0 ? null : Rounded((decimal)counted.Count / based.Count);
        if (figure.Measure is null) return counted.Count;
        var values = counted.Select(figure.Measure).Order().ToList();
        if (figure.How == FigureForm.Sum) return Rounded(values.Sum());
        if (values.Count == 0) return null;
        return Rounded(figure.How switch
        {
            FigureForm.Mean => values.Sum() / values.Count,
            FigureForm.Median => values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2,
            // The lowest that at least nine in ten do not exceed.
            _ => values.First(v => values.Count(other => other <= v) * 10 >= values.Count * 9),
        });
    }

    // Hours were divided before they were added, which leaves noise in the last digits; a half would be rounded the wrong way.
    private static decimal Rounded(decimal value) => decimal.Round(decimal.Round(value, 16), 4, MidpointRounding.AwayFromZero);
}
