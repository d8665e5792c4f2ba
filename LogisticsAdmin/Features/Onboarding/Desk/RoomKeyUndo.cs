using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Undo of keys that were returned: the person has the key again, unless somebody else has it by now.</summary>
public sealed class RoomKeyUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<EntryDeskText> words)
    : StepUndo(databases, user, clock)
{
    private sealed record Memento(DateTimeOffset? ReturnedAt);

    protected override string Kind => "room-keys";

    protected override void Demand(Actor actor) => actor.DemandCheckingIn();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var keys = await db.RoomKeys.AsNoTracking().Where(k => EF.Parameter(ids).Contains(k.Id)).Select(k => new { k.Id, k.ReturnedAt }).ToListAsync(ct);
        return keys.ToDictionary(k => k.Id, k => JsonSerializer.Serialize(new Memento(k.ReturnedAt)));
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) => await (
        from key in db.RoomKeys.AsNoTracking()
        where EF.Parameter(ids).Contains(key.Id)
        join person in db.Users on key.PersonId equals person.Id
        select new { key.Id, Name = key.Label + " " + person.FullName }).ToDictionaryAsync(k => k.Id, k => k.Name, ct);

    protected override string AddressOf(long id) => RoomKeyAddresses.All;

    protected override string Did(string act) => words["RoomKeys.Returned"];

    protected override string Counted(int count) => words["RoomKeys.Found", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<RoomKey>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var key = await db.RoomKeys.FirstAsync(k => k.Id == id, ct);
        var (room, label, users) = (key.RoomId, key.Label, db.Users);
        var holder = await db.RoomKeys.Where(k => k.RoomId == room && k.Label == label && k.ReturnedAt == null)
            .Select(k => users.Where(p => p.Id == k.PersonId).Select(p => p.FullName).First()).FirstOrDefaultAsync(ct);
        if (holder is not null) throw Rejected.Because<EntryDeskText>("KeyTaken", label, holder);
        key.UndoReturn();
        Announce(db, key);
    }

    /// <summary>Tells pages of keys, of the person and of the desk.</summary>
    internal static void Announce(LogisticsDb db, RoomKey key)
    {
        db.Announce(new KeyChanged(PersonRecords.Topic, key.PersonId));
        db.Announce(new KeyChanged(OnboardingTopics.Freshmen, key.PersonId));
    }
}
