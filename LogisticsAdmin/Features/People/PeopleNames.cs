using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>Fills in the pinyin of names in an older database; people are searched and sorted by it.</summary>
internal sealed class PeopleNames : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (!await db.Users.AnyAsync(p => p.Pinyin == "" && p.FullName != "" && p.AnonymisedAt == null, ct)) return;
        await db.WriteAsync(async token =>
        {
            foreach (var person in await db.Users.Include(p => p.SignInNames).Where(p => p.Pinyin == "" && p.AnonymisedAt == null).ToListAsync(token))
                person.Describe(person.FullName, person.Number, person.PhoneNumber, person.Email);
        }, ct);
    }
}
