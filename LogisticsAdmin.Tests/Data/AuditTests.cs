using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class AuditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_field_is_written_down_with_old_new_who_and_when()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        await using var db = await desk.Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician, Ct);
        var before = person.CrewId;

        person.JoinCrew(null);
        await db.SaveChangesAsync(Ct);

        var entry = Assert.Single(await EntriesAsync(host, person.Id), e => e.Field == nameof(Person.CrewId));
        Assert.Equal(($"{before}", null, desk.PersonId, host.Clock.GetUtcNow()), (entry.Old, entry.New, entry.ActorId!.Value, entry.At));
    }

    [Fact]
    public async Task What_a_person_adds_is_audited_and_what_the_system_adds_is_not()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Audit.CountAsync(a => a.Field != nameof(Role) && a.Field != nameof(Crew.LeadId), Ct)));

        var byApp = await AddAsync(host.AsSystem(), new Person("one", "一号"));
        var byAdministrator = await AddAsync(await host.AsAsync(TestUsers.Administrator), new Person("two", "二号"));

        Assert.Empty(await EntriesAsync(host, byApp));
        Assert.Contains(await EntriesAsync(host, byAdministrator), e => e is { Field: nameof(Person.FullName), Old: null, New: "二号" });
    }

    [Fact]
    public async Task A_role_given_or_taken_is_written_down()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        await using var db = await desk.Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician, Ct);
        db.UserRoles.Remove(await db.UserRoles.SingleAsync(r => r.UserId == person.Id, Ct));
        db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Dispatcher });
        await db.SaveChangesAsync(Ct);

        var entries = (await EntriesAsync(host, person.Id)).Where(e => e.ActorId == desk.PersonId).ToList();

        Assert.Contains(entries, e => (e.Field, e.Old, e.New) == (nameof(Role), "Technician", null));
        Assert.Contains(entries, e => (e.Field, e.Old, e.New) == (nameof(Role), null, "Dispatcher"));
    }

    [Fact]
    public async Task Secrets_never_reach_the_audit_trail()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        const string secret = "hunter2-hash";
        var id = await AddAsync(desk, new Person("neu", "新来的") { PasswordHash = secret });
        await using var db = await desk.Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        var person = await db.Users.SingleAsync(p => p.Id == id, Ct);
        var stamps = new List<string?> { person.SecurityStamp, person.ConcurrencyStamp, secret };
        person.PasswordHash = secret + "2";
        person.RenewStamp();
        person.ConcurrencyStamp = "stamp-2";
        person.CompletePasswordChange();
        person.SetDarkMode(darkMode: true);
        await db.SaveChangesAsync(Ct);
        stamps.AddRange([person.SecurityStamp, person.ConcurrencyStamp, person.PasswordHash]);

        var entries = await EntriesAsync(host, id);

        Assert.NotEmpty(entries);
        Assert.DoesNotContain(entries, e => stamps.Contains(e.Old) || stamps.Contains(e.New));
    }

    private static async Task<long> AddAsync(Desk desk, Person person)
    {
        await using var db = await desk.Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        db.Users.Add(person);
        await db.SaveChangesAsync(Ct);
        return person.Id;
    }

    private static Task<List<AuditEntry>> EntriesAsync(TestHost host, long personId) =>
        host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(Person) && a.EntityId == personId).ToListAsync(Ct));
}
