using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Operations.Retention;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Voice.Desk;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Operations;

/// <summary>People who left become former users: nothing names them any more, and their tickets stay.</summary>
public sealed class FormerPeopleTests
{
    private const string Phone = "13800002071", Number = "20260001", Name = "冯如意";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_names_a_person_who_was_deleted_or_graduated_long_ago_and_their_ticket_stays(bool isDeleted)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await PersonAsync(host);
        var ticket = await host.TicketAsync(TicketStatus.Closed, by: "fengruyi");
        await (await host.AsAsync("fengruyi")).Repairs.RateAsync(ticket.Id, new RateForm { Stars = 4, Words = "很快" }, Ct);
        await LivedHereAsync(host, id);
        await LeaveAsync(host, id, isDeleted);
        host.Pass(months: 25);
        await host.KeepAsync(new RetentionForm { PeopleMonths = 24 });
        var admin = await host.AsAsync(TestUsers.Administrator);
        Assert.Equal(id, Assert.Single((await admin.Get<RetentionService>().ReadAsync(Ct)).People).Id);

        await host.Runner.RunAsync(Actor.System, Ct);

        Assert.Equal(1, (await host.RunOfAsync(RetentionKind.People)).Removed);
        var person = await host.InDatabaseAsync(db => db.Users.AsNoTracking().Include(p => p.SignInNames).SingleAsync(p => p.Id == id, Ct));
        Assert.Equal((Person.FormerName, "", "", null), (person.FullName, person.Pinyin, person.Initials, person.Number));
        Assert.Equal((null, null, null, null), (person.PhoneNumber, person.Email, person.NormalizedEmail, person.PasswordHash));
        Assert.Equal((null, null, null, null), (person.ClassName, person.College, person.Major, person.Grade));
        Assert.NotNull(person.AnonymisedAt);
        Assert.Empty(person.SignInNames);
        await host.InDatabaseAsync(async db =>
        {
            var kept = await db.RepairTickets.AsNoTracking().SingleAsync(t => t.Id == ticket.Id, Ct);
            Assert.Equal((id, 4, null, null), (kept.ReporterId, kept.Stars, kept.ContactPhone, kept.ContactName));
            foreach (var word in new[] { Name, "fengruyi", "fry", Number, Phone, "2071" })
                Assert.DoesNotContain(id, await db.SearchIds<Person>(word).ToListAsync(Ct));
            var leaver = await db.Leavers.AsNoTracking().SingleAsync(l => l.PersonId == id, Ct);
            Assert.Equal((null, 6_000L), (leaver.Damage, leaver.DamageFen));
            Assert.All(await db.RoomChanges.AsNoTracking().ToListAsync(Ct), c => Assert.Null(c.Because));
            Assert.Equal(["", "", "作息不同"], await db.RoomChanges.OrderBy(c => c.Number).Select(c => c.Reason).ToListAsync(Ct));
            Assert.Empty(await db.SearchIds<RepairTicket>(Phone).ToListAsync(Ct));
            Assert.Empty(await db.SearchIds<Person>(Person.FormerName).ToListAsync(Ct));
            Assert.False(await db.UserRoles.AnyAsync(r => r.UserId == id, Ct));
            Assert.False(await db.UserPasskeys.AnyAsync(k => k.UserId == id, Ct));
            Assert.False(await db.Set<Session>().AnyAsync(s => s.PersonId == id, Ct));
            Assert.False(await db.Set<SignInRecord>().AnyAsync(s => s.PersonId == id, Ct));
            Assert.False(await db.PersonVoiceDeskSettings.AnyAsync(s => s.PersonId == id, Ct));
            Assert.False(await db.Inbox.AnyAsync(i => i.PersonId == id, Ct));
            var audit = await db.Audit.Where(a => a.Entity == nameof(Person) && a.EntityId == id).ToListAsync(Ct);
            Assert.NotEmpty(audit);
            Assert.All(audit, a => Assert.True(a is { Old: null or "", New: null or "" }, $"{a.Field}: {a.Old} {a.New}"));
            Assert.False(await db.Audit.AnyAsync(a => a.Old!.Contains(Name) || a.New!.Contains(Name), Ct));
            return true;
        });
        Assert.DoesNotContain((await admin.Get<PeopleService>().ListAsync(new PeopleFilter { State = PersonState.Deleted }, Ct)).Items, p => p.Id == id);
        Assert.Equal("Anonymised", (await Assert.ThrowsAsync<Rejected>(() => admin.Get<PeopleService>().RestoreAsync(id, Ct))).Code);
        Assert.Single((await host.RunEntriesAsync()).Select(e => e.Act).Distinct());
    }

    [Fact]
    public async Task Nobody_is_taken_who_left_recently_came_back_or_is_only_disabled()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await PersonAsync(host);
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        await LeaveAsync(host, id, isDeleted: false);
        host.Pass(months: 25);
        await people.EnableAsync(id, Ct);
        await host.KeepAsync(new RetentionForm { PeopleMonths = 24 });
        await host.Runner.RunAsync(Actor.System, Ct);
        await people.DisableAsync(id, new DisableForm { Reason = "休学" }, Ct);
        host.Pass(months: 25);
        await host.Runner.RunAsync(Actor.System, Ct);
        await LeaveAsync(host, id, isDeleted: true);
        host.Pass(months: 23);
        await host.Runner.RunAsync(Actor.System, Ct);

        Assert.Equal(Name, await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.FullName).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_person_with_an_open_ticket_is_left_out_and_counted()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await PersonAsync(host);
        await host.TicketAsync(TicketStatus.Triaged, by: "fengruyi");
        await LeaveAsync(host, id, isDeleted: true);
        host.Pass(months: 25);
        await host.KeepAsync(new RetentionForm { PeopleMonths = 24 });
        var admin = await host.AsAsync(TestUsers.Administrator);

        var preview = Assert.Single((await admin.Get<RetentionService>().ReadAsync(Ct)).Previews);
        await admin.Get<RetentionService>().RunAsync();

        Assert.Equal((0, 1), (preview.Count, preview.LeftOut));
        var run = await host.RunOfAsync(RetentionKind.People);
        Assert.Equal((0, 1), (run.Removed, run.LeftOut));
        Assert.Equal(Name, await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.FullName).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Many_are_taken_in_batches_and_the_name_of_a_former_user_is_not_given_pinyin_at_the_next_start()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var rows = string.Join('\n', Enumerable.Range(1, 35).Select(n => $"2026990{n:00},毕业生,住户,毕业"));
        await admin.ImportAsync("people", $"学号,姓名,角色,状态\n{rows}\n");
        host.Pass(months: 25);
        await host.KeepAsync(new RetentionForm { PeopleMonths = 24 });

        await host.Runner.RunAsync(Actor.System, Ct);
        await host.InDatabaseAsync(async db =>
        {
            foreach (var reference in (IEnumerable<IReferenceRows>)host.AsSystem().Get<IEnumerable<IReferenceRows>>())
                if (reference.GetType().Name == "PeopleNames") await reference.LoadAsync(db, Ct);
            return true;
        });

        Assert.Equal(35, (await host.RunOfAsync(RetentionKind.People)).Removed);
        Assert.Equal(35, await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.FullName == Person.FormerName && p.Pinyin == "", Ct)));
        Assert.False(await host.InDatabaseAsync(db => db.Users.AnyAsync(p => p.FullName == "毕业生", Ct)));
    }

    /// <summary>A resident with everything that the app stores about one.</summary>
    private static async Task<long> PersonAsync(TestHost host)
    {
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var id = (await people.CreateAsync(new PersonForm
        {
            UserName = "fengruyi",
            FullName = Name,
            Number = Number,
            Phone = Phone,
            Email = "feng@example.edu.cn",
            College = "物理学院",
            Major = "物理",
            ClassName = "物理2601",
            Grade = 2026,
            Roles = [Role.Resident],
        }, Ct)).PersonId;
        await host.InDatabaseAsync(async db =>
        {
            var now = host.Clock.GetUtcNow();
            db.Add(new PersonPicture(id, [1], now));
            db.Add(new PersonVoiceDeskSettings(id, VoiceDeskSettings.Default));
            db.Add(new SignInRecord { PersonId = id, At = now, Method = SignInMethod.Password, Succeeded = true });
            var passkey = new IdentityPasskeyData { PublicKey = [1], Name = "手机", AttestationObject = [1], ClientDataJson = [1], Transports = [] };
            db.UserPasskeys.Add(new IdentityUserPasskey<long> { UserId = id, CredentialId = [1], Data = passkey });
            return await db.SaveChangesAsync(Ct);
        });
        return id;
    }

    /// <summary>
    /// They left something broken in their room; and asked for another one, were asked to swap and said no, and said no to somebody who moved in.
    /// </summary>
    private static Task<int> LivedHereAsync(TestHost host, long id) => host.InDatabaseAsync(async db =>
    {
        var (now, day) = (host.Clock.GetUtcNow(), new DateOnly(2026, 11, 25));
        var bed = await db.Beds.OrderBy(b => b.Id).FirstAsync(Ct);
        var others = await db.Users.Where(p => p.RoomId != null && p.Id != id).OrderBy(p => p.Id).Select(p => p.Id).Take(2).ToListAsync(Ct);
        var round = new LeavingRound(new LocalName("毕业生离校", "Leaving"), day, day);
        db.Add(round);
        await db.SaveChangesAsync(Ct);
        var leaver = new Leaver(round.Id, id, bed.RoomId, bed.Id);
        leaver.Inspect(bed.RoomId, $"{Name}的椅子坏了", new Money(6_000), others[0], now);
        var own = new RoomChange("TD20261101-0001", id, null, bed.Id, $"我是{Name}", [], now);
        own.Refuse(others[0], $"{Name}申请过多", now);
        var swap = new RoomChange("TD20261101-0002", others[0], id, null, $"与{Name}同班", [id], now);
        swap.Vote(id, agrees: false, "我不想换", now);
        var theirs = new RoomChange("TD20261101-0003", others[1], null, bed.Id, "作息不同", [id], now);
        theirs.Vote(id, agrees: false, "我怕吵", now);
        db.AddRange(leaver, own, swap, theirs);
        return await db.SaveChangesAsync(Ct);
    });

    private static async Task LeaveAsync(TestHost host, long id, bool isDeleted)
    {
        var admin = await host.AsAsync(TestUsers.Administrator);
        if (isDeleted) await admin.Get<PeopleService>().DeleteAsync(id, new DisableForm { Reason = "冯如意离校" }, Ct);
        else await admin.Get<PeopleBulk>().GraduateAsync([id], ct: Ct);
    }
}
