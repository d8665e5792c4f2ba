using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>The keys that a person was handed, on their page, and the way to the list where they are returned. For the office.</summary>
internal sealed class KeysOfPerson(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office) : IPersonSection
{
    private static readonly LocalName Out = LocalName.Of<EntryDeskText>("RoomKeyState.Out"), Back = LocalName.Of<EntryDeskText>("RoomKeyState.Returned"),
        ToList = LocalName.Of<EntryDeskText>("RoomKeys.ToList");

    public LocalName Title { get; } = LocalName.Of<EntryDeskText>("RoomKeys.Title");

    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var called = await db.Users.Where(p => p.Id == personId).Select(p => p.Number ?? p.FullName).FirstOrDefaultAsync(ct);
        if (called is null) return null;
        var (keys, address) = (db.RoomKeys.AsNoTracking().Where(k => k.PersonId == personId), RoomKeyAddresses.Person(called, withReturned: true));
        var newest = await (
            from key in keys.OrderByDescending(k => k.Id).Take(take)
            join room in db.Rooms on key.RoomId equals room.Id
            orderby key.Id descending
            select new { key.HandedAt, key.ReturnedAt, key.Label, Building = new LocalName(room.Building.Name, room.Building.NameEn), room.Code })
            .ToListAsync(ct);
        return new PageSection(
            await keys.CountAsync(ct),
            [.. newest.Select(k => new SectionLine(k.HandedAt, k.Label, $"{k.Building} {k.Code}", StateOf(k.ReturnedAt), address))],
            new SectionLink(ToList, address));
    }

    private LocalName StateOf(DateTimeOffset? returnedAt) =>
        returnedAt is { } at ? new LocalName($"{Back.Zh} {office.Show(at)}", $"{Back.En} {office.Show(at)}") : Out;
}
