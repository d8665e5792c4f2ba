using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Finds a move-out statement by its number. For the office.</summary>
internal sealed class MoveOutSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : ISearchProvider
{
    private const int ShortestNumber = 6;

    public int Order => 51;
    public string Kind => "move-out";

    /// <summary>The hint names bills; like receipts, statements are found without it.</summary>
    public IReadOnlyList<LocalName> SearchedBy { get; } = [];
    public int MaxHits => 5;
    public int MaxHitsBesideOthers => 2;

    public bool IsFor(Actor actor) => actor.IsOffice;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        var number = typed.Trim().ToUpperInvariant();
        if (!user.Actor.IsOffice || number.Length < ShortestNumber || number is not ['J', 'S', >= '0' and <= '9', ..]) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        // A pattern would read every statement.
        var (people, end) = (db.Users, number + "~");
        var found = await db.MoveOutStatements.AsNoTracking().Where(s => s.Number.CompareTo(number) >= 0 && s.Number.CompareTo(end) < 0)
            .OrderBy(s => s.Number).Take(take)
            .Join(people, s => s.PersonId, p => p.Id, (s, p) => new { s.Id, s.Number, s.ResultFen, p.FullName }).ToListAsync(ct);
        return [.. found.Select(s => new SearchHit(MoveOutAddresses.Of(s.Id), s.Number, s.Number, s.FullName, new Money(s.ResultFen).ToString()))];
    }
}
