using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>People of seeds/demo-people.json with one shared demo password. Development only.</summary>
public sealed class DemoPeople(IPasswordHasher<Person> hasher, TimeProvider clock) : IReferenceRows
{
    /// <summary>Publicly known; in Production there are no demo accounts.</summary>
    public const string Password = "Houqin-2026";

    public bool IsDemo => true;

    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.Users.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<PeopleFile>("demo-people.json", ct);
        await db.WriteAsync(async token =>
        {
            var crews = await db.Crews.ToDictionaryAsync(c => c.Code, token);
            var rooms = await db.Rooms.Select(r => new { r.Id, r.Code, Building = r.Building.Code })
                .ToDictionaryAsync(r => (r.Building, r.Code), r => r.Id, token);
            // Hashed once for all accounts, because hashing is slow by design.
            var hash = hasher.HashPassword(null!, Password);
            foreach (var row in file.People)
            {
                var person = new Person(row.UserName, row.FullName, row.Number) { PasswordHash = hash };
                person.Describe(row.FullName, row.Number, row.Phone, row.Email);
                person.SetLanguage(row.Language ?? "");
                if (row.Crew is not null) person.JoinCrew(crews[row.Crew].Id);
                if (row.Room is not null) person.MoveTo(rooms[(row.Building!, row.Room)]);
                db.Users.Add(person);
                await db.SaveChangesAsync(token);
                if (person.RoomId is { } room) db.Occupancies.Add(new Occupancy(person.Id, room, null, clock.GetUtcNow()));
                db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)row.Role });
                if (row.Crew is not null && crews[row.Crew] is { LeadId: null } crew) crew.SetLead(person.Id);
            }
        }, ct);
    }

    private sealed record PeopleFile(IReadOnlyList<PersonRow> People);

    private sealed record PersonRow(
        string UserName, string FullName, string? Number, Role Role, string? Crew, string? Building, string? Room,
        string? Phone, string? Email, string? Language);
}
