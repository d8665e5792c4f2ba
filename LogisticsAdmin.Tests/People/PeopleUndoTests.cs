using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.People.Import;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>Actions on people are taken back as they were, unless somebody changed the person since.</summary>
public sealed class PeopleUndoTests
{
    private static readonly DisableForm Reason = new() { Reason = "误操作" };

    private const string Entered = "entered@example.edu.cn";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<PersonAct> Acts => [.. Enum.GetValues<PersonAct>()];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Each_action_comes_back_whole(PersonAct act)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        var (people, bulk, undo) = (desk.Get<PeopleService>(), desk.Get<PeopleBulk>(), desk.Get<PeopleUndo>());
        var id = await IdAsync(host);
        if (act == PersonAct.Enable) await people.DisableAsync(id, Reason, Ct);
        if (act == PersonAct.Restore) await people.DeleteAsync(id, Reason, Ct);
        if (act == PersonAct.RemoveRole) await bulk.AddRoleAsync([id], Role.Dispatcher, ct: Ct);
        if (act == PersonAct.ConfirmEmail) await EnterEmailAsync(host, id);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var (before, stays, names) = (await StateAsync(host, id), await StaysAsync(host, id), await NamesAsync(host, id));

        await (act switch
        {
            PersonAct.Edit => EditAsync(people, id),
            PersonAct.Disable => people.DisableAsync(id, Reason, Ct),
            PersonAct.Enable => people.EnableAsync(id, Ct),
            PersonAct.Delete => people.DeleteAsync(id, Reason, Ct),
            PersonAct.Restore => people.RestoreAsync(id, Ct),
            PersonAct.AddRole => bulk.AddRoleAsync([id], Role.Dispatcher, ct: Ct),
            PersonAct.RemoveRole => bulk.RemoveRoleAsync([id], Role.Dispatcher, ct: Ct),
            PersonAct.ConfirmEmail => people.ConfirmEmailAsync(id, Entered, Ct),
            PersonAct.Move => bulk.MoveAsync([id], new ClassForm { ClassName = "另一班" }, ct: Ct),
            _ => bulk.GraduateAsync([id], ct: Ct),
        });
        Assert.NotEqual(before, await StateAsync(host, id));
        var offer = (await undo.LatestAsync(Ct))!;
        Assert.Equal((act.ToString(), undo.Latest), (offer.Act, offer.Id));
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var outcome = await undo.UndoAsync(offer.Id, Ct);

        Assert.Equal((1, 0), (outcome.Done, outcome.Left.Count));
        Assert.Equal(before, await StateAsync(host, id));
        Assert.Equal(stays, await StaysAsync(host, id));
        Assert.Equal(names, await NamesAsync(host, id));
        Assert.Null(undo.Latest);
        Assert.Equal("UndoneAlready", (await Assert.ThrowsAsync<Rejected>(() => undo.UndoAsync(offer.Id, Ct))).Code);
    }

    [Fact]
    public async Task A_graduation_is_taken_back_weeks_later_by_another_administrator_but_not_for_those_changed_since()
    {
        await using var host = await TestHost.OpenAsync();
        var ids = await host.InDatabaseAsync(async db =>
        {
            var bed = await db.Beds.Include(b => b.Room).Where(b => b.RetiredAt == null && !db.Users.Any(p => p.BedId == b.Id)).FirstAsync(Ct);
            Person[] some = [.. Enumerable.Range(1, 250).Select(n => new Person($"g{n}", $"毕业{n}", $"g{n}"))];
            db.Users.AddRange(some);
            await db.SaveChangesAsync(Ct);
            await Housing.MoveAsync(db, some[2], bed.RoomId, bed.Id, host.Clock.GetUtcNow(), Ct);
            await db.SaveChangesAsync(Ct);
            return some.Select(p => p.Id).ToList();
        });
        var (first, second) = (await host.AsAsync(TestUsers.Administrator), await OtherAdministratorAsync(host));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var result = await first.Get<PeopleBulk>().GraduateAsync(ids, ct: Ct);
        Assert.Equal(250, result.Done.Count);
        host.Clock.Advance(TimeSpan.FromDays(20));
        // One came back already, and the bed of another was given away.
        await second.Get<PeopleService>().EnableAsync(ids[0], Ct);
        await host.InDatabaseAsync(async db =>
        {
            var was = await db.Occupancies.SingleAsync(o => o.PersonId == ids[2], Ct);
            await Housing.MoveAsync(db, await db.Users.SingleAsync(p => p.UserName == "second.admin", Ct), was.RoomId, was.BedId, host.Clock.GetUtcNow(), Ct);
            return await db.SaveChangesAsync(Ct);
        });

        var recent = Assert.Single(await second.Get<PeopleUndo>().RecentAsync(Ct), s => s.Id == result.Undo);
        Assert.False(recent.IsUndone);
        var outcome = await second.Get<PeopleUndo>().UndoAsync(recent.Id, Ct);
        Assert.Equal(248, outcome.Done);
        Assert.Equal([$"people/{ids[0]}", $"people/{ids[2]}"], outcome.Left.Select(l => l.Address));
        Assert.Equal(["StaleWho", "BedTaken"], outcome.Left.Select(l => l.Why is Rejected r ? r.Code : l.Why.Code));
        Assert.Equal(249, await host.InDatabaseAsync(db => db.Users.CountAsync(p => ids.Contains(p.Id) && p.Status == PersonStatus.Active, Ct)));
        Assert.True((await second.Get<PeopleUndo>().RecentAsync(Ct)).Single(s => s.Id == result.Undo).IsUndone);
    }

    [Fact]
    public async Task An_action_that_somebody_changed_since_or_whose_names_were_taken_is_left_alone_with_the_reason()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        var (people, undo, id) = (desk.Get<PeopleService>(), desk.Get<PeopleUndo>(), await IdAsync(host));
        await people.DisableAsync(id, Reason, Ct);
        var step = undo.Latest!.Value;
        await (await OtherAdministratorAsync(host)).Get<PeopleService>().EnableAsync(id, Ct);
        var stale = Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal("第二管理员", stale.By);

        await people.DeleteAsync(id, Reason, Ct);
        step = undo.Latest!.Value;
        var number = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.Number).SingleAsync(Ct));
        await people.CreateAsync(new PersonForm { UserName = "heir", FullName = "后来者", Number = number, Roles = [Role.Resident] }, Ct);
        var taken = Assert.IsType<Rejected>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal("UndoNameTaken", taken.Code);
        Assert.NotNull(await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == id).Select(p => p.RetiredAt).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_single_action_is_undone_by_its_actor_for_some_seconds_only_and_by_administrators_only()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        var (people, undo, id) = (desk.Get<PeopleService>(), desk.Get<PeopleUndo>(), await IdAsync(host));
        await people.DisableAsync(id, Reason, Ct);
        var step = undo.Latest!.Value;
        foreach (var name in new[] { TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var other = (await host.AsAsync(name)).Get<PeopleUndo>();
            await Assert.ThrowsAsync<Forbidden>(() => other.UndoAsync(step, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => other.RecentAsync(Ct));
        }
        var second = (await OtherAdministratorAsync(host)).Get<PeopleUndo>();
        await Assert.ThrowsAsync<NotFound>(() => second.UndoAsync(step, Ct));
        host.Clock.Advance(StepUndo.Offered + StepUndo.Grace + TimeSpan.FromSeconds(1));
        Assert.Equal("UndoTooLate", (await Assert.ThrowsAsync<Rejected>(() => undo.UndoAsync(step, Ct))).Code);
        Assert.Null(await undo.LatestAsync(Ct));
        Assert.Equal(1, await StepUndo.SweepAsync(desk.Get<IDbContextFactory<LogisticsDb>>(), host.Clock.GetUtcNow(), Ct));
    }

    [Fact]
    public async Task Many_are_enabled_and_restored_at_once_and_each_refusal_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Administrator);
        var (people, bulk) = (desk.Get<PeopleService>(), desk.Get<PeopleBulk>());
        var ids = await host.InDatabaseAsync(async db =>
        {
            Person[] some = [new("a1", "甲", "n1"), new("a2", "乙", "n2"), new("a3", "丙", "n3")];
            db.Users.AddRange(some);
            await db.SaveChangesAsync(Ct);
            return some.Select(p => p.Id).ToList();
        });
        await bulk.DisableAsync(ids.Take(2).ToList(), Reason, ct: Ct);
        var enabled = await bulk.EnableAsync(ids, ct: Ct);
        Assert.Equal((2, ids[2]), (enabled.Done.Count, Assert.Single(enabled.Refused).PersonId));

        foreach (var id in ids.Take(2)) await people.DeleteAsync(id, Reason, Ct);
        await people.CreateAsync(new PersonForm { UserName = "a9", FullName = "丁", Number = "n2", Roles = [Role.Resident] }, Ct);
        var restored = await bulk.RestoreAsync(ids, ct: Ct);
        Assert.Equal([ids[0]], restored.Done);
        Assert.Equal([ids[1], ids[2]], restored.Refused.Select(r => r.PersonId));
        Assert.Equal([false, true, false], await host.InDatabaseAsync(db => db.Users.Where(p => ids.Contains(p.Id)).OrderBy(p => p.Id)
            .Select(p => p.RetiredAt != null).ToListAsync(Ct)));
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<PeopleBulk>();
        await Assert.ThrowsAsync<Forbidden>(() => manager.EnableAsync(ids, ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => manager.RestoreAsync(ids, ct: Ct));
    }

    [Fact]
    public void A_memento_of_an_earlier_version_reads_as_it_was_written()
    {
        var person = new Person("s1", "张三", "1");
        person.Describe("张三", "1", null, Entered);
        var json = JsonSerializer.Serialize(new PersonMemento("1", PersonSnapshot.Of(person, [Role.Resident])));
        Assert.DoesNotContain("onfirmed", json, StringComparison.Ordinal);
        Assert.Equal(Entered, PersonMemento.Of(json).Values.ConfirmedEmail);

        person.ConfirmEmail(isConfirmed: false);
        json = JsonSerializer.Serialize(new PersonMemento("1", PersonSnapshot.Of(person, [Role.Resident])));
        Assert.Null(PersonMemento.Of(json).Values.ConfirmedEmail);
        Assert.Equal(Entered, PersonMemento.Of(json).Values.Email);
    }

    private static Task<int> EnterEmailAsync(TestHost host, long id) => host.InDatabaseAsync(async db =>
    {
        var person = await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.Id == id, Ct);
        person.SetOwnContact(person.PhoneNumber, Entered);
        return await db.SaveChangesAsync(Ct);
    });

    private static async Task EditAsync(PeopleService people, long id)
    {
        var person = (await people.DetailAsync(id, Ct)).Row;
        await people.SaveAsync(id, new PersonForm
        {
            Version = person.Version,
            UserName = person.UserName,
            FullName = "改名",
            Number = "new-number",
            Phone = "13911112222",
            CrewId = 1,
            Roles = [Role.Technician],
        }, Ct);
    }

    private static async Task<Desk> OtherAdministratorAsync(TestHost host)
    {
        await (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>().CreateAsync(
            new PersonForm { UserName = "second.admin", FullName = "第二管理员", Roles = [Role.Administrator] }, Ct);
        return await host.AsAsync("second.admin");
    }

    private static Task<long> IdAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct));

    private static Task<string> StateAsync(TestHost host, long id) =>
        host.InDatabaseAsync(async db => (await PersonMemento.ReadAsync(db, [id], Ct))[id]);

    private static Task<List<string>> StaysAsync(TestHost host, long id) => host.InDatabaseAsync(async db =>
        (await db.Occupancies.AsNoTracking().Where(o => o.PersonId == id).OrderBy(o => o.Id).ToListAsync(Ct))
            .ConvertAll(o => $"{o.RoomId} {o.BedId} {o.From:O} {o.Until:O}"));

    private static Task<List<string>> NamesAsync(TestHost host, long id) => host.InDatabaseAsync(db =>
        db.Set<SignInName>().Where(n => n.PersonId == id).Select(n => n.Name).Order().ToListAsync(Ct));
}
