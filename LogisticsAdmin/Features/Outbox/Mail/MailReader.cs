using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>Who gets a mail, with the rights that they have now.</summary>
public sealed record MailReader(Actor Actor, string FullName, string? Email, string Language);

internal static class MailReaders
{
    extension(IQueryable<Person> people)
    {
        /// <summary>Those who may sign in and have a confirmed address.</summary>
        public IQueryable<Person> WithMail() => people.Where(p => p.RetiredAt == null && (p.Status == PersonStatus.Active || p.Status == PersonStatus.Expected)
            && p.EmailConfirmed && p.Email != null);
    }

    extension(LogisticsDb db)
    {
        /// <summary>Null for a person who may no longer sign in.</summary>
        public async Task<MailReader?> FindMailReaderAsync(long personId, CancellationToken ct)
        {
            var roles = db.UserRoles;
            var found = await db.Users.AsNoTracking()
                .Where(p => p.Id == personId && p.RetiredAt == null && (p.Status == PersonStatus.Active || p.Status == PersonStatus.Expected))
                .Select(p => new
                {
                    p.FullName,
                    p.Email,
                    p.EmailConfirmed,
                    p.Language,
                    p.CrewId,
                    Roles = roles.Where(r => r.UserId == p.Id).Select(r => r.RoleId).ToList(),
                }).FirstOrDefaultAsync(ct);
            return found is null ? null : new MailReader(
                new Actor(personId, found.FullName, found.Roles.Select(r => (Role)r).ToHashSet(), found.CrewId, null),
                found.FullName, found.EmailConfirmed ? found.Email : null, found.Language);
        }
    }
}
