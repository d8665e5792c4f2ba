using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>The move-out statements of a person, and the way to a new one for who lives somewhere. For the office.</summary>
internal sealed class MoveOutsOfPerson(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonSection
{
    private static readonly LocalName Settled = LocalName.Of<MoveOutText>("Settled"), TakenBack = LocalName.Of<MoveOutText>("TakenBack"),
        DrawUp = LocalName.Of<MoveOutText>("DrawUp");

    public LocalName Title { get; } = LocalName.Of<MoveOutText>("Statements");
    public LocalName? EmptyText { get; } = LocalName.Of<MoveOutText>("NoneYet");

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var statements = db.MoveOutStatements.AsNoTracking().Where(s => s.PersonId == personId);
        var total = await statements.CountAsync(ct);
        var livesSomewhere = await db.Users.AnyAsync(p => p.Id == personId && p.RoomId != null, ct);
        if (total == 0 && !livesSomewhere) return null;
        var newest = await statements.OrderByDescending(s => s.Id).Take(take).ToListAsync(ct);
        return new PageSection(
            total,
            [
                .. newest.Select(s => new SectionLine(
                    s.SettledAt, s.Number, new Money(s.ResultFen).ToString(), s.TakenBackAt is null ? Settled : TakenBack, MoveOutAddresses.Of(s.Id))),
            ],
            livesSomewhere ? new SectionLink(DrawUp, MoveOutAddresses.New(personId)) : null);
    }
}
