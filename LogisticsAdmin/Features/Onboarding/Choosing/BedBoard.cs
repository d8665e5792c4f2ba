using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>
/// The beds that a group offers to a gender and who has them, read together for all who look at them within a moment: in a rush thousands do. It
/// decides nothing; whether a bed is free is asked again when it is held.
/// </summary>
public sealed class BedBoard(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(long Group, Gender Gender), Reading> _readings = new();

    /// <summary>How old what is shown may be. Open pages that hear of a change wait longer before they ask.</summary>
    internal TimeSpan Kept { get; set; } = TimeSpan.FromMilliseconds(800);

    internal async Task<IReadOnlyList<OfferedBed>> FindAsync(LogisticsDb db, long groupId, Gender gender, CancellationToken ct)
    {
        var reading = _readings.GetOrAdd((groupId, gender), _ => new Reading());
        if (reading.Latest is { } fresh && clock.GetElapsedTime(fresh.At) < Kept) return fresh.Beds;
        await reading.Turn.WaitAsync(ct);
        try
        {
            if (reading.Latest is { } other && clock.GetElapsedTime(other.At) < Kept) return other.Beds;
            // Before the query: what changes while it runs is missing in it.
            var at = clock.GetTimestamp();
            var beds = await ReadAsync(db, groupId, gender, ct);
            reading.Latest = new Snapshot(at, beds);
            return beds;
        }
        finally
        {
            reading.Turn.Release();
        }
    }

    private static async Task<IReadOnlyList<OfferedBed>> ReadAsync(LogisticsDb db, long groupId, Gender gender, CancellationToken ct)
    {
        var (users, freshmen) = (db.Users, db.Freshmen.Where(f => f.CheckedInAt == null && f.WithdrawnAt == null));
        var beds = await (
            from bed in db.Set<Bed>().AsNoTracking().OfferedTo(db, groupId, gender).SuitedTo(db, gender)
            join f in freshmen on (long?)bed.Id equals f.BedId into holders
            from holder in holders.DefaultIfEmpty()
            join p in users on holder.PersonId equals p.Id into people
            from person in people.DefaultIfEmpty()
            select new OfferedBed
            {
                Id = bed.Id,
                Code = bed.Code,
                RoomId = bed.RoomId,
                Room = bed.Room.Code,
                Floor = bed.Room.Floor,
                BuildingId = bed.Room.BuildingId,
                BuildingName = bed.Room.Building.Name,
                BuildingNameEn = bed.Room.Building.NameEn,
                IsLivedIn = users.Any(u => u.BedId == bed.Id && u.RetiredAt == null),
                HolderId = holder == null ? null : holder.Id,
                HeldUntil = holder == null ? null : holder.HeldUntil,
                ClassName = person == null ? null : person.ClassName,
                Rhythm = holder == null ? SleepRhythm.Unstated : holder.Rhythm,
                WantsQuiet = holder != null && holder.WantsQuiet,
            }).ToListAsync(ct);
        return
        [
            .. beds.OrderBy(b => b.BuildingId).ThenBy(b => b.Floor).ThenBy(b => b.Room.Length).ThenBy(b => b.Room, StringComparer.Ordinal)
                .ThenBy(b => b.RoomId).ThenBy(b => b.Code.Length).ThenBy(b => b.Code, StringComparer.Ordinal),
        ];
    }

    private sealed record Snapshot(long At, IReadOnlyList<OfferedBed> Beds);

    private sealed class Reading
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public volatile Snapshot? Latest;
    }
}

/// <summary>A bed that is offered, and the freshman who has it, without a name.</summary>
internal sealed class OfferedBed
{
    public required long Id { get; init; }
    public required string Code { get; init; }
    public required long RoomId { get; init; }
    public required string Room { get; init; }
    public required int Floor { get; init; }
    public required long BuildingId { get; init; }
    public required string BuildingName { get; init; }
    public required string BuildingNameEn { get; init; }
    public required bool IsLivedIn { get; init; }
    public required long? HolderId { get; init; }
    public required DateTimeOffset? HeldUntil { get; init; }
    public required string? ClassName { get; init; }
    public required SleepRhythm Rhythm { get; init; }
    public required bool WantsQuiet { get; init; }

    public LocalName Building => new(BuildingName, BuildingNameEn);

    /// <summary>Whether a freshman has it at this moment.</summary>
    public bool HasHolder(DateTimeOffset now) => HolderId is not null && (HeldUntil is not { } until || until > now);
}
