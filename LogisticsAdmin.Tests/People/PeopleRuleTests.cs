using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>What the list finds, and which changes of a person are refused.</summary>
public sealed class PeopleRuleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_last_administrator_neither_loses_the_role_nor_is_disabled()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var administrators = (await people.ListAsync(new PeopleFilter { Role = Role.Administrator }, Ct)).Items;
        var me = administrators.Single(p => p.UserName == TestUsers.Administrator);
        foreach (var other in administrators.Where(p => p.Id != me.Id)) await people.DisableAsync(other.Id, new DisableForm { Reason = "调离" }, Ct);

        var (bulk, system) = (host.AsSystem().Get<PeopleBulk>(), host.AsSystem().Get<PeopleService>());
        var reason = new DisableForm { Reason = "调离" };

        var demotion = await Assert.ThrowsAsync<Rejected>(() => people.SaveAsync(me.Id, Form(me, Role.Manager), Ct));
        var disabling = await Assert.ThrowsAsync<Rejected>(() => system.DisableAsync(me.Id, reason, Ct));
        var deletion = await Assert.ThrowsAsync<Rejected>(() => system.DeleteAsync(me.Id, reason, Ct));
        await bulk.AddRoleAsync([me.Id], Role.Manager, ct: Ct);
        PeopleBulkResult[] many =
        [
            await bulk.DisableAsync([me.Id], reason, ct: Ct),
            await bulk.GraduateAsync([me.Id], ct: Ct),
            await bulk.RemoveRoleAsync([me.Id], Role.Administrator, ct: Ct),
        ];

        Assert.All(
            [demotion, disabling, deletion, .. many.Select(m => Assert.Single(m.Refused).Why)],
            refusal => Assert.Equal("LastAdministrator", refusal!.Code));
        Assert.Equal([Role.Administrator, Role.Manager], (await system.DetailAsync(me.Id, Ct)).Row.Roles);
    }

    [Fact]
    public async Task Of_two_administrators_in_one_batch_the_second_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var people = host.AsSystem().Get<PeopleService>();
        var ids = (await people.ListAsync(new PeopleFilter { Role = Role.Administrator }, Ct)).Items.Select(p => p.Id).ToList();

        var result = await host.AsSystem().Get<PeopleBulk>().DisableAsync(ids, new DisableForm { Reason = "调离" }, ct: Ct);

        Assert.Equal("LastAdministrator", Assert.Single(result.Refused).Why!.Code);
        Assert.Equal(ids.Count - 1, result.Done.Count);
        Assert.Single((await people.ListAsync(new PeopleFilter { Role = Role.Administrator, State = PersonState.Active }, Ct)).Items);
    }

    [Fact]
    public async Task One_namespace_holds_user_names_numbers_and_e_mails()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var student = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Resident }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident);

        var byNumber = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(New(student.Number!), Ct));
        var byCase = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(New("STUDENT"), Ct));

        Assert.All(new[] { byNumber, byCase }, r => Assert.Equal(nameof(PersonForm.UserName), Assert.Single(r.Problems).Field));
    }

    [Fact]
    public async Task A_deleted_person_gives_their_names_back_and_cannot_return_while_another_has_them()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var form = New("newcomer");
        form.Number = "2026990001";
        var first = await people.CreateAsync(form, Ct);
        await people.DeleteAsync(first.PersonId, new DisableForm { Reason = "重复" }, Ct);
        form.UserName = "successor";
        var second = await people.CreateAsync(form, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => people.RestoreAsync(first.PersonId, Ct));
        var problem = Assert.Single(refused.Problems);
        Assert.Equal((nameof(PersonForm.Number), "TakenBy"), (problem.Field, problem.Code));
        Assert.Equal(["2026990001", "林晚"], problem.Args);
        var deleted = await people.ListAsync(new PeopleFilter { Text = "2026990001", State = PersonState.Deleted }, Ct);
        Assert.Equal(first.PersonId, Assert.Single(deleted.Items).Id);

        await people.DeleteAsync(second.PersonId, new DisableForm { Reason = "重复" }, Ct);
        await people.RestoreAsync(first.PersonId, Ct);
        Assert.Equal(first.PersonId, Assert.Single((await people.ListAsync(new PeopleFilter { Text = "2026990001" }, Ct)).Items).Id);
    }

    [Fact]
    public async Task A_disabled_person_keeps_number_and_names_until_they_are_enabled()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var first = await people.CreateAsync(New("newcomer"), Ct);
        await people.DisableAsync(first.PersonId, new DisableForm { Reason = "休学" }, Ct);

        await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(New("newcomer"), Ct));
        var row = Assert.Single((await people.ListAsync(new PeopleFilter { Text = "newcomer" }, Ct)).Items);
        Assert.Equal((PersonState.Disabled, "休学"), (row.State, row.Because));
        await Assert.ThrowsAsync<Rejected>(() => people.ResetPasswordAsync(row.Id, Ct));

        await people.EnableAsync(row.Id, Ct);
        Assert.Equal((PersonState.Active, null), ((await people.DetailAsync(row.Id, Ct)).Row.State, (await people.DetailAsync(row.Id, Ct)).Row.Because));
    }

    [Fact]
    public async Task Two_who_edit_the_same_person_do_not_overwrite_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var row = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Resident }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident);
        var (mine, theirs) = (Form(row, Role.Resident), Form(row, Role.Resident));
        (mine.Phone, theirs.Phone) = ("13900001111", "13900002222");

        await people.SaveAsync(row.Id, mine, Ct);
        var stale = await Assert.ThrowsAsync<Stale>(() => people.SaveAsync(row.Id, theirs, Ct));

        Assert.Equal("郑海涛", stale.By);
        Assert.Equal("13900001111", (await people.ListAsync(new PeopleFilter { Text = "13900001111" }, Ct)).Items.Single().Phone);
    }

    [Theory]
    [InlineData("小雨", "student")]
    [InlineData("2025010123", "student")]
    [InlineData("dispatcher.e", "dispatcher.en")]
    [InlineData("wangxiaoyu", "student")]
    [InlineData("wxy", "student")]
    [InlineData("竹园3号楼 512 小雨", "student")]
    [InlineData("竹园1号楼 小雨", null)]
    [InlineData("1_0", null)]
    [InlineData("%%", null)]
    public async Task The_list_finds_names_readings_numbers_and_rooms_and_takes_no_wildcards(string typed, string? found)
    {
        await using var host = await TestHost.OpenAsync();
        var window = await (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>().ListAsync(new PeopleFilter { Text = typed }, Ct);
        Assert.Equal(found is null ? [] : [found], window.Items.Select(p => p.UserName));
        Assert.Equal(window.Items.Count, window.Total);
    }

    [Fact]
    public async Task The_window_moves_over_all_of_a_role_without_gaps()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var all = new PeopleFilter { Role = Role.Technician, Sort = PeopleSort.Number, Descending = true, Take = 4 };
        var (one, two) = (await people.ListAsync(all, Ct), await people.ListAsync(all with { Skip = 4 }, Ct));

        Assert.Equal(await host.InDatabaseAsync(db => db.UserRoles.CountAsync(r => r.RoleId == (long)Role.Technician, Ct)), one.Total);
        var numbers = one.Items.Concat(two.Items).Select(p => p.Number).ToList();
        Assert.Equal(8, numbers.Distinct().Count());
        Assert.Equal(numbers.OrderDescending(StringComparer.Ordinal), numbers);
    }

    private static PersonForm New(string userName) => new()
    {
        UserName = userName,
        FullName = "林晚",
        Roles = [Role.Resident],
    };

    private static PersonForm Form(PersonRow row, Role role) => new()
    {
        Version = row.Version,
        UserName = row.UserName,
        FullName = row.FullName,
        Number = row.Number,
        Phone = row.Phone,
        Email = row.Email,
        RoomId = row.RoomId,
        CrewId = row.CrewId,
        Roles = [role],
    };
}
