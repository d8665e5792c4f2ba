using System.Globalization;
using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>The people of an audience, as the database finds them. Says the same as <see cref="AudienceRule.Matches"/>.</summary>
public static class AudienceQueries
{
    /// <summary>Those of the audience who may sign in.</summary>
    public static IQueryable<Person> Addressed(
        this LogisticsDb db, AudienceRule rule, IReadOnlyDictionary<long, AudienceRule> groups) =>
        db.Users.AsNoTracking().Where(p => p.RetiredAt == null && (p.Status == PersonStatus.Active || p.Status == PersonStatus.Expected))
            .Where(Predicate(db, rule, groups));

    /// <summary>What is known of these people; those who don't exist are left out. At most some hundred ids.</summary>
    public static async Task<IReadOnlyList<ReaderFacts>> FactsAsync(this LogisticsDb db, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        var rooms = db.Set<Room>();
        var found = await db.Users.AsNoTracking().Where(p => people.Contains(p.Id))
            .Select(p => new
            {
                p.Id,
                p.RoomId,
                p.ClassName,
                p.Grade,
                p.College,
                p.CrewId,
                Room = rooms.Where(r => r.Id == p.RoomId).Select(r => new { r.Floor, r.BuildingId, r.Building.CampusId }).FirstOrDefault(),
            }).ToListAsync(ct);
        var roles = (await db.UserRoles.AsNoTracking().Where(r => people.Contains(r.UserId)).Select(r => new { r.UserId, r.RoleId }).ToListAsync(ct))
            .ToLookup(r => r.UserId, r => (Role)r.RoleId);
        return [.. found.Select(p => new ReaderFacts(
            p.Id, roles[p.Id].ToHashSet(), p.Room?.CampusId, p.Room?.BuildingId, p.Room?.Floor, p.RoomId, p.ClassName, p.Grade, p.College, p.CrewId))];
    }

    /// <summary>The rules of all saved groups in use.</summary>
    public static async Task<IReadOnlyDictionary<long, AudienceRule>> AudienceGroupsAsync(this LogisticsDb db, CancellationToken ct) =>
        await db.Set<AudienceGroup>().AsNoTracking().Where(g => g.RetiredAt == null).ToDictionaryAsync(g => g.Id, g => g.Rule, ct);

    private static Expression<Func<Person, bool>> Predicate(
        LogisticsDb db, AudienceRule rule, IReadOnlyDictionary<long, AudienceRule> groups)
    {
        Expression<Func<Person, bool>> all = p => true;
        foreach (var line in rule.Lines) all = And(all, Of(db, line, groups));
        foreach (var line in rule.Except) all = And(all, Not(Of(db, line, groups)));
        return all;
    }

    private static Expression<Func<Person, bool>> Of(LogisticsDb db, AudienceLine line, IReadOnlyDictionary<long, AudienceRule> groups)
    {
        var (rooms, memberships) = (db.Set<Room>(), db.UserRoles);
        var texts = line.Values;
        var ids = texts.Select(v => TypedId.Parse(v) ?? 0).ToList();
        switch (line.Field)
        {
            case AudienceField.Role:
                var roles = texts.Select(v => Enum.TryParse<Role>(v, out var role) ? (long)role : 0).ToList();
                return p => memberships.Any(m => m.UserId == p.Id && roles.Contains(m.RoleId));
            case AudienceField.Campus:
                return p => rooms.Any(r => r.Id == p.RoomId && ids.Contains(r.Building.CampusId));
            case AudienceField.Building:
                return p => rooms.Any(r => r.Id == p.RoomId && ids.Contains(r.BuildingId));
            case AudienceField.Floor:
                return texts.Select(FloorOf).Aggregate((one, other) => Or(one, other));
            case AudienceField.Room:
                return p => p.RoomId != null && ids.Contains(p.RoomId.Value);
            case AudienceField.Class:
                return p => p.ClassName != null && texts.Contains(p.ClassName);
            case AudienceField.Grade:
                var grades = texts.Select(v => int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out var grade) ? grade : 0).ToList();
                return p => p.Grade != null && grades.Contains(p.Grade.Value);
            case AudienceField.College:
                return p => p.College != null && texts.Contains(p.College);
            case AudienceField.Crew:
                return p => p.CrewId != null && ids.Contains(p.CrewId.Value);
            case AudienceField.Person:
                return p => ids.Contains(p.Id);
            case AudienceField.Group:
                return ids.Where(groups.ContainsKey).Select(id => Predicate(db, groups[id], AudienceRule.NoGroups))
                    .Aggregate((Expression<Func<Person, bool>>)(p => false), Or);
            default:
                return p => false;
        }

        Expression<Func<Person, bool>> FloorOf(string value)
        {
            var parts = value.Split(':');
            if (parts.Length != 2 || TypedId.Parse(parts[0]) is not { } building
                || !int.TryParse(parts[1], CultureInfo.InvariantCulture, out var floor))
            {
                return p => false;
            }
            return p => rooms.Any(r => r.Id == p.RoomId && r.BuildingId == building && r.Floor == floor);
        }
    }

    private static Expression<Func<Person, bool>> And(Expression<Func<Person, bool>> one, Expression<Func<Person, bool>> other) =>
        Expression.Lambda<Func<Person, bool>>(Expression.AndAlso(one.Body, Expression.Invoke(other, one.Parameters)), one.Parameters);

    private static Expression<Func<Person, bool>> Or(Expression<Func<Person, bool>> one, Expression<Func<Person, bool>> other) =>
        Expression.Lambda<Func<Person, bool>>(Expression.OrElse(one.Body, Expression.Invoke(other, one.Parameters)), one.Parameters);

    private static Expression<Func<Person, bool>> Not(Expression<Func<Person, bool>> one) =>
        Expression.Lambda<Func<Person, bool>>(Expression.Not(one.Body), one.Parameters);
}
