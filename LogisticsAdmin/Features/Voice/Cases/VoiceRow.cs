using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// A case as the office's list shows it. Immutable, shared by every open page. Of an anonymous case it has no name: the query does not read one.
/// </summary>
public sealed record VoiceRow : ILiveRow
{
    public required long Id { get; init; }
    public required long Version { get; init; }
    public required string Number { get; init; }
    public required VoiceKind Kind { get; init; }
    public required VoiceState State { get; init; }
    public required string Text { get; init; }
    public required bool IsAnonymous { get; init; }

    /// <summary>The reporter's name; null for an anonymous case.</summary>
    public required string? Reporter { get; init; }
    public required long? CentreId { get; init; }
    public required LocalName? Centre { get; init; }
    public required long? CrewId { get; init; }
    public required LocalName? Crew { get; init; }
    public required long? BuildingId { get; init; }
    public required LocalName? Building { get; init; }
    public required LocalName? Room { get; init; }
    public required string PlaceWords { get; init; }
    public required long? OwnerId { get; init; }
    public required string? Owner { get; init; }
    public required long? LeadId { get; init; }
    public required int Members { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required DateTimeOffset? FirstAnsweredAt { get; init; }
    public required DateTimeOffset AnswerDueAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset? SettledAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required bool IsLate { get; init; }
    public required bool IsEscalated { get; init; }
    public required int Reopenings { get; init; }
    public required bool? IsSolved { get; init; }
    public required bool? IsUpheld { get; init; }
    public required Satisfaction? Satisfaction { get; init; }
    public required long Pressing { get; init; }

    /// <summary>The limit that is next; null when the office has nothing to do.</summary>
    public DateTimeOffset? NextDue => !State.IsOpen() ? null : FirstAnsweredAt is null && AnswerDueAt < DueAt ? AnswerDueAt : DueAt;

    public string Summary => CleanText.Summary(Text);

    public string SearchText => VoiceCase.SearchTextOf(Number, Text, PlaceWords);

    public static IQueryable<VoiceRow> From(DbContext db, IQueryable<VoiceCase> cases)
    {
        var names = db.Set<VoiceReporter>().Join(db.Set<Person>(), r => r.PersonId, p => p.Id, (r, p) => new { r.CaseId, p.FullName });
        return
            from c in cases
            join ce in db.Set<Centre>() on c.CentreId equals ce.Id into centres
            from centre in centres.DefaultIfEmpty()
            join cr in db.Set<Crew>() on c.CrewId equals cr.Id into crews
            from crew in crews.DefaultIfEmpty()
            join b in db.Set<Building>() on c.BuildingId equals b.Id into buildings
            from building in buildings.DefaultIfEmpty()
            join r in db.Set<Room>() on c.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join o in db.Set<Person>() on c.OwnerId equals o.Id into owners
            from owner in owners.DefaultIfEmpty()
            select new VoiceRow
            {
                Id = c.Id,
                Version = c.Version,
                Number = c.Number,
                Kind = c.Kind,
                State = c.State,
                Text = c.Text,
                IsAnonymous = c.IsAnonymous,
                Reporter = c.IsAnonymous ? null : names.Where(n => n.CaseId == c.Id).Select(n => n.FullName).FirstOrDefault(),
                CentreId = c.CentreId,
                Centre = centre == null ? null : new LocalName(centre.Name, centre.NameEn),
                CrewId = c.CrewId,
                Crew = crew == null ? null : new LocalName(crew.Name, crew.NameEn),
                BuildingId = c.BuildingId,
                Building = building == null ? null : new LocalName(building.Name, building.NameEn),
                Room = room == null ? null : new LocalName(room.Name, room.NameEn),
                PlaceWords = c.PlaceWords,
                OwnerId = c.OwnerId,
                Owner = owner == null ? null : owner.FullName,
                LeadId = c.LeadId,
                Members = c.Members,
                SubmittedAt = c.SubmittedAt,
                FirstAnsweredAt = c.FirstAnsweredAt,
                AnswerDueAt = c.AnswerDueAt,
                DueAt = c.DueAt,
                SettledAt = c.SettledAt,
                EndedAt = c.EndedAt,
                IsLate = c.IsLate,
                IsEscalated = c.IsEscalated,
                Reopenings = c.Reopenings,
                IsSolved = c.IsSolved,
                IsUpheld = c.IsUpheld,
                Satisfaction = c.Satisfaction,
                Pressing = c.Pressing,
            };
    }
}

/// <summary>Reads the row of a changed case once for all open pages.</summary>
internal sealed class VoiceRowSource : RowSource<VoiceCase, VoiceRow>
{
    public override IReadOnlyList<Type> ShowsNamesOf { get; } = [typeof(Centre), typeof(Crew), typeof(Building), typeof(Room)];

    protected override Task<VoiceRow?> ReadAsync(DbContext db, long id, CancellationToken ct) =>
        VoiceRow.From(db, db.Set<VoiceCase>().AsNoTracking().Where(c => c.Id == id)).FirstOrDefaultAsync(ct);
}
