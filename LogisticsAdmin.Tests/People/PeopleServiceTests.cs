using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>Who may manage people, and the rules that apply to everybody.</summary>
public sealed class PeopleServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static PersonForm Newcomer =>
        new() { UserName = "newcomer", FullName = "林晚", Number = "2026990001", Phone = "13800009999", Roles = [Role.Resident] };

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_administrators_keep_the_people(string person)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(person);
        var (people, bulk) = (desk.Get<PeopleService>(), desk.Get<PeopleBulk>());

        await Assert.ThrowsAsync<Forbidden>(() => people.ListAsync(new PeopleFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.CreateAsync(Newcomer, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.DisableAsync(1, new DisableForm { Reason = "x" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.EnableAsync(1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.DeleteAsync(1, new DisableForm { Reason = "x" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.RestoreAsync(1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.ResetPasswordAsync(1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.DetailAsync(1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.SectionsAsync(1, ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.FindAsync("王", ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.IdsAsync(new PeopleFilter(), Ct));
        Assert.Throws<Forbidden>(() => people.ExportAsync(new PeopleFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => bulk.GraduateAsync([1], ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Get<PeopleSettingsService>().ColumnsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Get<PeopleSettingsService>().ShowAsync(PeopleColumns.Number, Ct));
    }

    [Fact]
    public async Task The_columns_that_somebody_chose_are_theirs_on_every_device()
    {
        await using var host = await TestHost.OpenAsync();
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleSettingsService>();
        Assert.Equal(PeopleFilter.UsualColumns, await settings.ColumnsAsync(Ct));

        await settings.ShowAsync(PeopleColumns.Number | PeopleColumns.Phone, Ct);
        await settings.ShowAsync(PeopleColumns.Number | PeopleColumns.Crew | (PeopleColumns)4096, Ct);

        var elsewhere = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleSettingsService>();
        Assert.Equal(PeopleColumns.Number | PeopleColumns.Crew, await elsewhere.ColumnsAsync(Ct));
    }

    [Fact]
    public async Task A_number_that_somebody_living_has_is_refused_at_its_field()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        await people.CreateAsync(Newcomer, Ct);

        var again = Newcomer;
        again.UserName = "somebody-else";
        var refused = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(again, Ct));
        Assert.Contains(refused.Problems, p => p.Field == nameof(PersonForm.Number));
    }

    [Fact]
    public async Task An_administrator_says_where_somebody_lives_and_the_report_form_knows_it()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var building = (await people.BuildingsAsync(ct: Ct))[0];
        var (first, second) = ((await people.RoomsAsync(building.Id, ct: Ct))[0], (await people.RoomsAsync(building.Id, ct: Ct))[1]);
        var form = Newcomer;
        form.RoomId = first.Id;
        await people.CreateAsync(form, Ct);

        var row = Assert.Single((await people.ListAsync(new PeopleFilter { Text = form.UserName }, Ct)).Items);
        Assert.Equal((building.Id, first.Id), (row.BuildingId, row.RoomId));

        (form.Version, form.RoomId) = (row.Version, second.Id);
        await people.SaveAsync(row.Id, form, Ct);
        Assert.Equal(second.Id, (await (await host.AsAsync(form.UserName!)).Choices.ReporterDefaultsAsync(Ct)).RoomId);
    }

    [Fact]
    public async Task A_room_that_is_not_there_or_not_in_use_is_refused_at_its_field_but_whoever_lives_in_one_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var row = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Resident }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident);
        await host.InDatabaseAsync(async db =>
        {
            (await db.Rooms.SingleAsync(r => r.Id == row.RoomId, Ct)).Retire(TestHost.Start, null, "装修");
            return await db.SaveChangesAsync(Ct);
        });

        foreach (var room in new[] { row.RoomId, 0, long.MaxValue })
        {
            var form = Newcomer;
            form.RoomId = room;
            var refused = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(form, Ct));
            Assert.Equal((nameof(PersonForm.RoomId), "UnknownRoom"), (Assert.Single(refused.Problems).Field, refused.Problems[0].Code));
        }
        await people.SaveAsync(
            row.Id,
            new PersonForm { Version = row.Version, UserName = row.UserName, FullName = row.FullName, RoomId = row.RoomId, Roles = [Role.Resident] }, Ct);
        Assert.DoesNotContain(await people.RoomsAsync(row.BuildingId!.Value, ct: Ct), r => r.Id == row.RoomId);
        Assert.Contains(await people.RoomsAsync(row.BuildingId.Value, row.RoomId, Ct), r => r.Id == row.RoomId);
    }

    [Fact]
    public async Task The_person_page_shows_reported_tickets_and_those_a_technician_worked_on_newest_first()
    {
        await using var host = await TestHost.OpenAsync();
        var tickets = new[] { await host.TicketAsync(), await host.TicketAsync(), await host.TicketAsync() };
        var (admin, office) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Dispatcher));
        await office.Repairs.AssignAsync(tickets[1].Id, await host.AssignmentAsync(tickets[1].Number), Ct);
        var people = admin.Get<PeopleService>();

        var resident = await host.AsAsync(TestUsers.Resident);
        await resident.Get<InboxService>().MarkReadAsync(ct: Ct);
        await office.Repairs.TriageAsync(tickets[2].Id, Ct);
        var (reported, notices, moveOuts) = (await people.SectionsAsync(resident.PersonId, 2, Ct)) switch
        {
            [var inbox, var repairs, var leaving] => (repairs, inbox, leaving),
            var other => throw new InvalidOperationException($"{other.Count} sections"),
        };
        Assert.Equal((2, "未读", "已读"), (notices.Section.Total, notices.Section.Lines[0].State.Zh, notices.Section.Lines[1].State.Zh));
        Assert.Equal(3, reported.Section.Total);
        Assert.Equal([tickets[2].Number, tickets[1].Number], reported.Section.Lines.Select(l => l.Number));
        Assert.Equal("待接单", reported.Section.Lines[1].State.Zh);
        Assert.Equal((0, $"fees/move-outs/new?person={resident.PersonId}"), (moveOuts.Section.Total, moveOuts.Section.All?.Address));

        var technician = (await host.AsAsync(TestUsers.Technician)).PersonId;
        var sections = await people.SectionsAsync(technician, ct: Ct);
        Assert.Equal([1, 0, 1], sections.Select(t => t.Section.Total));
        Assert.Equal(
            (tickets[1].Number, $"repairs?view=All&technician={technician}"),
            (Assert.Single(sections[2].Section.Lines).Number, sections[2].Section.All?.Address));
        Assert.NotNull(sections[1].EmptyText);
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Nobody_outside_the_office_is_told_what_somebody_reported(string person)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        foreach (var section in (await host.AsAsync(person)).Get<IEnumerable<IPersonSection>>())
            Assert.Null(await section.ReadAsync(resident.PersonId, 10, Ct));
    }

    [Fact]
    public async Task Nobody_disables_themselves_and_one_administrator_always_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        await Assert.ThrowsAsync<Rejected>(() => admin.Get<PeopleService>().DisableAsync(admin.PersonId, new DisableForm { Reason = "leaves" }, Ct));
    }

    [Fact]
    public async Task Whoever_is_disabled_is_refused_at_the_very_next_verb()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (admin, dispatcher) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Dispatcher));

        await admin.Get<PeopleService>().DisableAsync(dispatcher.PersonId, new DisableForm { Reason = "调离" }, Ct);

        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.Repairs.TriageAsync(ticket.Id, Ct));
        Assert.Equal(TicketStatus.New, (await host.RowAsync(ticket.Number)).Status);
        Assert.NotEmpty(await host.InDatabaseAsync(db => db.Set<SignInName>().Where(n => n.PersonId == dispatcher.PersonId).ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_bed_is_offered_while_nobody_sleeps_in_it_and_its_history_stays_with_the_person()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var room = await host.InDatabaseAsync(db => db.Rooms.FirstAsync(r => r.Beds.Count > 1, Ct));
        var bed = (await people.BedsAsync(room.Id, ct: Ct))[0];
        var form = Newcomer;
        (form.RoomId, form.BedId, form.ClassName, form.Grade) = (room.Id, bed.Id, "计算机2601", 2026);
        var first = await people.CreateAsync(form, Ct);

        Assert.DoesNotContain(await people.BedsAsync(room.Id, ct: Ct), b => b.Id == bed.Id);
        Assert.Contains(await people.BedsAsync(room.Id, bed.Id, Ct), b => b.Id == bed.Id);
        (form.UserName, form.Number) = ("second", null);
        var taken = Assert.Single((await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(form, Ct))).Problems);
        Assert.Equal((nameof(PersonForm.BedId), "BedTaken"), (taken.Field, taken.Code));

        await people.DeleteAsync(first.PersonId, new DisableForm { Reason = "退学" }, Ct);
        await people.CreateAsync(form, Ct);
        var sheet = await people.DetailAsync(first.PersonId, Ct);
        Assert.Equal((PersonState.Deleted, null), (sheet.Row.State, sheet.Row.RoomId));
        Assert.Equal((bed.Code, true), (Assert.Single(sheet.Stays).Bed, sheet.Stays[0].Until is not null));
    }

    [Theory]
    [InlineData("张三")]
    [InlineData("三")]
    [InlineData("zs")]
    [InlineData("zhangsan")]
    [InlineData("9999")]
    [InlineData("2026990001")]
    [InlineData("计算机2601")]
    public async Task Somebody_is_found_as_people_say_them(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var form = Newcomer;
        (form.FullName, form.ClassName) = ("张三", "计算机2601");
        var made = await people.CreateAsync(form, Ct);

        Assert.Contains((await people.ListAsync(new PeopleFilter { Text = typed }, Ct)).Items, p => p.Id == made.PersonId);
        Assert.Contains(await people.FindAsync(typed, 50, Ct), p => p.Id == made.PersonId);
    }

    [Fact]
    public async Task A_grade_graduates_moves_out_and_is_told_of_one_by_one()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (people, bulk) = (admin.Get<PeopleService>(), admin.Get<PeopleBulk>());
        var student = (await people.ListAsync(new PeopleFilter { Text = TestUsers.Resident }, Ct)).Items.Single(p => p.UserName == TestUsers.Resident);
        var made = await people.CreateAsync(Newcomer, Ct);
        await people.DeleteAsync(made.PersonId, new DisableForm { Reason = "重复" }, Ct);

        var moved = await bulk.MoveAsync([student.Id, made.PersonId], new ClassForm { ClassName = "土木2201", Grade = 2022 }, ct: Ct);
        Assert.Equal([student.Id], moved.Done);
        Assert.Equal("AlreadyDeleted", Assert.Single(moved.Refused).Why!.Code);
        var ids = await people.IdsAsync(new PeopleFilter { Grade = 2022 }, Ct);
        Assert.Equal([student.Id], ids);
        Assert.Equal(student.Id, Assert.Single((await people.ListAsync(new PeopleFilter { Text = "土木2201" }, Ct)).Items).Id);

        var graduated = await bulk.GraduateAsync([.. ids, admin.PersonId], ct: Ct);
        Assert.Equal([student.Id], graduated.Done);
        Assert.Equal("Yourself", Assert.Single(graduated.Refused).Why!.Code);
        var sheet = await people.DetailAsync(student.Id, Ct);
        Assert.Equal((PersonState.Graduated, null), (sheet.Row.State, sheet.Row.RoomId));
        Assert.NotNull(Assert.Single(sheet.Stays).Until);
        Assert.Contains(
            await host.InDatabaseAsync(db =>
                db.Audit.Where(a => a.EntityId == student.Id && a.ActorId == admin.PersonId).Select(a => a.Field).ToListAsync(Ct)),
            f => f == nameof(Person.ClassName));
    }

    [Fact]
    public async Task Roles_are_given_and_taken_in_bulk_by_the_rules_of_the_form()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (people, bulk) = (admin.Get<PeopleService>(), admin.Get<PeopleBulk>());
        var student = (await host.AsAsync(TestUsers.Resident)).PersonId;

        Assert.Equal("NeedsCrew", Assert.Single((await bulk.AddRoleAsync([student], Role.Technician, ct: Ct)).Refused).Why!.Code);
        Assert.Equal("OnlyRole", Assert.Single((await bulk.RemoveRoleAsync([student], Role.Resident, ct: Ct)).Refused).Why!.Code);
        Assert.Equal([student], (await bulk.AddRoleAsync([student], Role.Dispatcher, ct: Ct)).Done);
        Assert.Equal([student], (await bulk.RemoveRoleAsync([student], Role.Resident, ct: Ct)).Done);
        Assert.Equal([Role.Dispatcher], (await people.DetailAsync(student, Ct)).Row.Roles);
    }

    [Fact]
    public async Task Codes_are_for_those_without_a_password_and_for_the_eyes_of_who_asked_for_ten_minutes()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var student = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var made = await admin.Get<PeopleService>().CreateAsync(Newcomer, Ct);

        var result = await admin.Get<PeopleBulk>().IssueCodesAsync([made.PersonId, student], ct: Ct);

        Assert.Equal("HasPassword", Assert.Single(result.Refused).Why!.Code);
        var issuedCodes = admin.Get<IssuedCodes>();
        var issued = Assert.Single(issuedCodes.Of(result.Codes!.Value, admin.PersonId));
        Assert.Equal(
            OneTimeCode.Hash(issued.Code),
            await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == made.PersonId).Select(p => p.SlipHash).SingleAsync(Ct)));
        Assert.Empty(issuedCodes.Of(result.Codes.Value, student));
        host.Clock.Advance(IssuedCodes.Lifetime);
        Assert.Empty(issuedCodes.Of(result.Codes.Value, admin.PersonId));
    }
}
