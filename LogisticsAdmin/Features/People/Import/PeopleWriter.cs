using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People.Import;

/// <summary>A person and their new values. With <paramref name="Deletes"/> the person is marked as deleted (标记删除).</summary>
internal sealed record PersonChange(int Row, Person Person, PersonSnapshot After, bool Deletes);

/// <summary>
/// Stores thousands of people at once inside a write, with their sign-in names, roles, current and past occupancies, and audit entries.
/// Expects people that were read without tracking.
/// </summary>
internal sealed class PeopleWriter(LogisticsDb db, KnownPeople known, long? by, DateTimeOffset at)
{
    private const int Step = 500;

    public async Task<IReadOnlyList<ImportedEntity>> WriteAsync(
        List<PersonChange> created, List<PersonChange> changed, long batchId, Action<int> progress, CancellationToken ct)
    {
        List<ImportedEntity> entities = [];
        var before = changed.ToDictionary(c => c.Person.Id, c => JsonSerializer.Serialize(PersonSnapshot.Of(c.Person, known.RolesOf(c.Person.Id))));
        // Existing people first: they may leave beds that new people move into.
        await ChangeAsync(changed, progress, ct);
        entities.AddRange(changed.Select(c => new ImportedEntity(c.Row, c.Person.Id, IsNew: false, c.Person.Version, before[c.Person.Id])));
        entities.AddRange(Create(created, batchId, done => progress(changed.Count + done), ct));
        return entities;
    }

    public async Task ChangeAsync(List<PersonChange> changes, Action<int> progress, CancellationToken ct)
    {
        using var bulk = new BulkWriter(db);
        foreach (var some in changes.Chunk(Step).Select((chunk, n) => (Chunk: chunk, Done: n * Step)))
        {
            var moving = some.Chunk.Where(c => c.Person.RoomId != Room(c) || c.Person.BedId != Bed(c)).Select(c => c.Person.Id).ToList();
            var stays = await db.Occupancies.Where(o => moving.Contains(o.PersonId) && o.Until == null).ToListAsync(ct);
            foreach (var stay in stays) stay.End(at, by);
            await db.SaveChangesAsync(ct);
            foreach (var stay in stays) db.Entry(stay).State = EntityState.Detached;
            progress(some.Done);
        }
        var after = changes.ToDictionary(c => c.Person);
        List<SignInName> gone = [];
        List<(Person Person, string Name)> come = [];
        List<Occupancy> homes = [];
        foreach (var change in changes)
        {
            var (person, now) = (change.Person, change.After);
            var (had, has) = (NamesOf(person), NamesOf(person, now.ConfirmedEmail, change.Deletes));
            gone.AddRange(had.Except(has).Select(n => new SignInName(n)));
            come.AddRange(has.Except(had).Select(n => (person, n)));
            if ((person.RoomId != Room(change) || person.BedId != Bed(change)) && Room(change) is { } room)
                homes.Add(new Occupancy(person.Id, room, Bed(change), at, by));
            ChangeRoles(bulk, person.Id, known.RolesOf(person.Id), now.Roles, ct);
        }
        bulk.Remove(gone, ct);
        var done = 0;
        bulk.Change(changes.Select(c => c.Person), person =>
        {
            var change = after[person];
            var snapshot = change.Deletes
                ? change.After with { IsDeleted = true, DeletedBecause = change.After.DeletedBecause ?? ImportKind.UndoneReason }
                : change.After;
            snapshot.ApplyTo(person, at, by, rightsChange: !known.RolesOf(person.Id).SequenceEqual(change.After.Roles));
            progress(++done);
        }, ct);
        bulk.Add(come.Select(c => SignInName.Of(c.Name, c.Person.Id)), ct);
        bulk.Add(homes, ct);
        db.Announce(new KeyChanged(PersonRecords.Topic, 0));

        static long? Room(PersonChange change) => change.Deletes ? null : change.After.RoomId;
        static long? Bed(PersonChange change) => change.Deletes ? null : change.After.BedId;
    }

    private List<ImportedEntity> Create(List<PersonChange> created, long batchId, Action<int> progress, CancellationToken ct)
    {
        using var bulk = new BulkWriter(db);
        var done = 0;
        foreach (var change in created) change.After.ApplyTo(change.Person, at, by, rightsChange: false);
        bulk.AddUnaudited(created.Select(c =>
        {
            progress(++done);
            return c.Person;
        }), ct);
        bulk.Add(created.SelectMany(c => c.After.Roles.Select(r => new IdentityUserRole<long> { UserId = c.Person.Id, RoleId = (long)r })), ct);
        bulk.Add(created.Where(c => c.After.RoomId is not null).Select(c => new Occupancy(c.Person.Id, c.After.RoomId!.Value, c.After.BedId, at, by)),
            ct);
        bulk.Add(created.Select(c => Audit(c.Person.Id, "ImportBatch", null, batchId.ToString(System.Globalization.CultureInfo.InvariantCulture))), ct);
        return [.. created.Select(c => new ImportedEntity(c.Row, c.Person.Id, IsNew: true, c.Person.Version, null))];
    }

    private void ChangeRoles(BulkWriter bulk, long person, IReadOnlyList<Role> old, IReadOnlyList<Role> now, CancellationToken ct)
    {
        if (old.SequenceEqual(now)) return;
        var (lost, won) = (old.Except(now).ToList(), now.Except(old).ToList());
        bulk.Remove(lost.Select(r => new IdentityUserRole<long> { UserId = person, RoleId = (long)r }), ct);
        bulk.Add(won.Select(r => new IdentityUserRole<long> { UserId = person, RoleId = (long)r }), ct);
        bulk.Add(
            lost.Select(r => Audit(person, nameof(Role), r.ToString(), null))
                .Concat(won.Select(r => Audit(person, nameof(Role), null, r.ToString()))), ct);
    }

    private AuditEntry Audit(long person, string field, string? old, string? now) => new()
    {
        Entity = nameof(Person),
        EntityId = person,
        Field = field,
        Old = old,
        New = now,
        At = at,
        ActorId = by,
    };

    private static HashSet<string> NamesOf(Person person) => NamesOf(person, person.ConfirmedEmail, person.RetiredAt is not null);

    private static HashSet<string> NamesOf(Person person, string? email, bool isDeleted) =>
        isDeleted ? [] : [.. new[] { person.UserName, person.Number, email }.Where(n => !string.IsNullOrEmpty(n)).Select(n => SignInName.Normalize(n!))];
}
