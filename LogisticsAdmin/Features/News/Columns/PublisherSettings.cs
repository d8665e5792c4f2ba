using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>
/// Who may publish beside the administrators: dispatchers and managers who were given the right. For administrators; anybody else gets
/// <see cref="Forbidden"/>. Each change is an entry of the person's audit log.
/// </summary>
public sealed class PublisherSettings(IDbContextFactory<LogisticsDb> databases, CurrentUser user, NewsSettingsWriter writer, PublishersUndo undo)
{
    /// <summary>The field of the person under which the right stands in the audit log.</summary>
    internal const string AuditField = "MayPublish";

    private static readonly PublisherFormValidator Rules = new();
    private static readonly long[] Entitled = [(long)Role.Dispatcher, (long)Role.Manager];

    /// <summary>Everybody who has the right, by name.</summary>
    public async Task<IReadOnlyList<PublisherRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsSettings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (people, roles) = (db.Users, db.UserRoles);
        var rows = await (
            from publisher in db.NewsPublishers.AsNoTracking()
            join person in people on publisher.PersonId equals person.Id
            orderby person.Pinyin, person.Id
            select new
            {
                person.Id,
                person.FullName,
                MaySignIn = person.RetiredAt == null && person.Status == PersonStatus.Active,
                Roles = roles.Where(r => r.UserId == person.Id).Select(r => r.RoleId).ToList(),
                GrantedBy = people.Where(p => p.Id == publisher.GrantedById).Select(p => p.FullName).FirstOrDefault(),
                publisher.GrantedAt,
            }).ToListAsync(ct);
        return [.. rows.Select(r => new PublisherRow(
            r.Id, r.FullName, Named(r.Roles), r.MaySignIn && r.Roles.Any(Entitled.Contains), r.GrantedBy, r.GrantedAt))];
    }

    /// <summary>Dispatchers and managers who don't have the right, by name.</summary>
    public async Task<IReadOnlyList<PublisherChoice>> CandidatesAsync(CancellationToken ct = default)
    {
        user.Actor.DemandNewsSettings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (roles, publishers) = (db.UserRoles, db.NewsPublishers);
        var rows = await Candidates(db).Where(p => !publishers.Any(x => x.PersonId == p.Id)).OrderBy(p => p.Pinyin).ThenBy(p => p.Id)
            .Select(p => new { p.Id, p.FullName, Roles = roles.Where(r => r.UserId == p.Id).Select(r => r.RoleId).ToList() }).ToListAsync(ct);
        return [.. rows.Select(r => new PublisherChoice(r.Id, r.FullName, Named(r.Roles)))];
    }

    /// <summary>Gives the right. Refuses, at the field, anybody who is neither dispatcher nor manager. Who has it keeps it.</summary>
    public Task GrantAsync(PublisherForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        var person = form.PersonId!.Value;
        return writer.RunAsync("publisher added", undo, NewsSettingAct.Grant, person, (db, token) => SetAsync(db, writer, person, mayPublish: true, token), ct);
    }

    /// <summary>Takes the right away; it is gone with the next thing they do.</summary>
    public Task RevokeAsync(long personId, CancellationToken ct = default) => writer.RunAsync(
        "publisher removed", undo, NewsSettingAct.Revoke, personId, (db, token) => SetAsync(db, writer, personId, mayPublish: false, token), ct);

    internal static async Task SetAsync(LogisticsDb db, NewsSettingsWriter writer, long person, bool mayPublish, CancellationToken ct)
    {
        var stored = await db.NewsPublishers.SingleOrDefaultAsync(p => p.PersonId == person, ct);
        if (stored is not null == mayPublish) return;
        if (stored is not null)
        {
            db.NewsPublishers.Remove(stored);
        }
        else
        {
            if (!await Candidates(db).AnyAsync(p => p.Id == person, ct)) throw Rejected.At<ColumnsText>(nameof(PublisherForm.PersonId), "MayNotPublish");
            db.NewsPublishers.Add(new NewsPublisher(person, writer.Me, writer.Now));
        }
        db.Audit.Add(new AuditEntry
        {
            Entity = nameof(Person),
            EntityId = person,
            Field = AuditField,
            Old = mayPublish ? null : "✓",
            New = mayPublish ? "✓" : null,
            At = writer.Now,
            ActorId = writer.Me,
        });
    }

    private static IQueryable<Person> Candidates(LogisticsDb db)
    {
        var roles = db.UserRoles;
        return db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.Status == PersonStatus.Active
            && roles.Any(r => r.UserId == p.Id && Entitled.Contains(r.RoleId)));
    }

    private static List<Role> Named(IEnumerable<long> roles) => [.. roles.Where(Entitled.Contains).Order().Select(r => (Role)r)];
}
