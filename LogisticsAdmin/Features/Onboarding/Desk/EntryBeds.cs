using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Which beds can be given, asked inside the write that gives them.</summary>
public sealed class EntryBeds(IEnumerable<IBedClaim> claims, OfficeTime office)
{
    /// <summary>Where a bed is. Throws NotFound for an unknown one.</summary>
    internal static async Task<EntryBed> FindAsync(LogisticsDb db, long bedId, CancellationToken ct) =>
        await Rows(db.Beds.Where(b => b.Id == bedId)).FirstOrDefaultAsync(ct) ?? throw new NotFound();

    internal static IQueryable<EntryBed> Rows(IQueryable<Bed> beds) => beds.AsNoTracking().Select(b => new EntryBed(
        b.Id, b.RoomId, b.Room.BuildingId, new LocalName(b.Room.Building.Name, b.Room.Building.NameEn), new LocalName(b.Room.Name, b.Room.NameEn), b.Code));

    /// <summary>
    /// The bed, if it can be this person's. Refuses at its field one that is no longer in use, and one in which somebody else lives, or that
    /// somebody else holds, has or was promised, and says who.
    /// </summary>
    internal async Task<EntryBed> DemandFreeAsync(LogisticsDb db, long bedId, long personId, CancellationToken ct)
    {
        var bed = await FindAsync(db, bedId, ct);
        if (await db.Beds.AnyAsync(b => b.Id == bedId && (b.RetiredAt != null || b.Room.RetiredAt != null || b.Room.Building.RetiredAt != null), ct))
            throw Rejected.At<EntryDeskText>(nameof(GiveBedForm.BedId), "BedRetired");
        // Whoever came first has the bed: writes wait for each other.
        if (await Housing.OccupantAsync(db, bedId, ct) is { } other && other.Id != personId)
            throw Rejected.At<EntryDeskText>(nameof(GiveBedForm.BedId), "BedTaken", Called(other));
        var holder = await db.Freshmen.FirstOrDefaultAsync(f => f.BedId == bedId && f.CheckedInAt == null && f.PersonId != personId, ct);
        if (holder is not null && holder.Holds(office.Now))
        {
            var person = await db.Users.AsNoTracking().FirstAsync(p => p.Id == holder.PersonId, ct);
            throw Rejected.At<EntryDeskText>(nameof(GiveBedForm.BedId), "BedTaken", Called(person));
        }
        foreach (var claim in claims)
        {
            if ((await claim.ClaimsAsync(db, [bedId], personId, ct)).TryGetValue(bedId, out var whose))
                throw Rejected.At<EntryDeskText>(nameof(GiveBedForm.BedId), "BedTaken", whose);
        }
        if (holder is null) return bed;
        // A hold that ran out still names the bed, and a bed is named once.
        holder.LeaveBed();
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(OnboardingTopics.Freshmen, holder.PersonId));
        return bed;
    }

    /// <summary>Those of the beds that somebody was promised.</summary>
    internal async Task<IReadOnlySet<long>> ClaimedAsync(LogisticsDb db, IReadOnlyCollection<long> bedIds, long? personId, CancellationToken ct)
    {
        HashSet<long> claimed = [];
        foreach (var claim in claims) claimed.UnionWith((await claim.ClaimsAsync(db, bedIds, personId, ct)).Keys);
        return claimed;
    }

    private static string Called(Person person) => person.Number is null ? person.FullName : $"{person.FullName} {person.Number}";
}
