using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.People.Import;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>The values of a person that an action may change and undo gives back. Passwords and codes are not among them.</summary>
internal sealed record PersonMemento(string? Number, PersonSnapshot Values)
{
    public static PersonMemento Of(string json) => JsonSerializer.Deserialize<PersonMemento>(json)!;

    /// <summary>As JSON by id, as they are stored now.</summary>
    public static async Task<Dictionary<long, string>> ReadAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
        var roles = (await db.UserRoles.AsNoTracking().Where(r => ids.Contains(r.UserId)).ToListAsync(ct)).ToLookup(r => r.UserId, r => (Role)r.RoleId);
        return people.ToDictionary(p => p.Id, p => JsonSerializer.Serialize(new PersonMemento(p.Number, PersonSnapshot.Of(p, [.. roles[p.Id].Order()]))));
    }
}
