using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>Who keeps the people, and what holds whoever does.</summary>
public sealed class PeopleServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static PersonForm Newcomer => new() { UserName = "newcomer", FullName = "林晚", Number = "2026990001", Phone = "13800009999", Roles = [Role.Resident] };

    [Theory]
    [InlineData(Cast.Manager)]
    [InlineData(Cast.Dispatcher)]
    [InlineData(Cast.Technician)]
    [InlineData(Cast.Resident)]
    public async Task Only_administrators_keep_the_people(string person)
    {
        await using var house = await TestHouse.OpenAsync();
        var people = (await house.AsAsync(person)).Get<PeopleService>();

        await Assert.ThrowsAsync<Forbidden>(() => people.ListAsync(new PeopleFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.CreateAsync(Newcomer, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.DisableAsync(1, new DisableForm { Reason = "x" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => people.ResetPasswordAsync(1, Ct));
    }

    [Fact]
    public async Task A_number_that_somebody_living_has_is_refused_at_its_field()
    {
        await using var house = await TestHouse.OpenAsync();
        var people = (await house.AsAsync(Cast.Administrator)).Get<PeopleService>();
        await people.CreateAsync(Newcomer, Ct);

        var again = Newcomer;
        again.UserName = "somebody-else";
        var refused = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(again, Ct));
        Assert.Contains(refused.Problems, p => p.Field == nameof(PersonForm.Number));
    }

    [Fact]
    public async Task An_administrator_says_where_somebody_lives_and_the_report_form_knows_it()
    {
        await using var house = await TestHouse.OpenAsync();
        var people = (await house.AsAsync(Cast.Administrator)).Get<PeopleService>();
        var building = (await people.BuildingsAsync(ct: Ct))[0];
        var (first, second) = ((await people.RoomsAsync(building.Id, ct: Ct))[0], (await people.RoomsAsync(building.Id, ct: Ct))[1]);
        var form = Newcomer;
        form.RoomId = first.Id;
        await people.CreateAsync(form, Ct);

        var row = Assert.Single((await people.ListAsync(new PeopleFilter { Text = form.UserName }, Ct)).Items);
        Assert.Equal((building.Id, first.Id), (row.BuildingId, row.RoomId));

        (form.Version, form.RoomId) = (row.Version, second.Id);
        await people.SaveAsync(row.Id, form, Ct);
        Assert.Equal(second.Id, (await (await house.AsAsync(form.UserName!)).Queries.HomeAsync(Ct)).RoomId);
    }

    [Fact]
    public async Task A_room_that_is_not_there_or_not_in_use_is_refused_at_its_field_but_whoever_lives_in_one_stays()
    {
        await using var house = await TestHouse.OpenAsync();
        var people = (await house.AsAsync(Cast.Administrator)).Get<PeopleService>();
        var row = (await people.ListAsync(new PeopleFilter { Text = Cast.Resident }, Ct)).Items.Single(p => p.UserName == Cast.Resident);
        await house.InDatabaseAsync(async db =>
        {
            (await db.Rooms.SingleAsync(r => r.Id == row.RoomId, Ct)).Retire(TestHouse.Start, null, "装修");
            return await db.SaveChangesAsync(Ct);
        });

        foreach (var room in new[] { row.RoomId, 0, long.MaxValue })
        {
            var form = Newcomer;
            form.RoomId = room;
            var refused = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(form, Ct));
            Assert.Equal((nameof(PersonForm.RoomId), "UnknownRoom"), (Assert.Single(refused.Problems).Field, refused.Problems[0].Code));
        }
        await people.SaveAsync(row.Id, new PersonForm { Version = row.Version, UserName = row.UserName, FullName = row.FullName, RoomId = row.RoomId, Roles = [Role.Resident] }, Ct);
        Assert.DoesNotContain(await people.RoomsAsync(row.BuildingId!.Value, ct: Ct), r => r.Id == row.RoomId);
        Assert.Contains(await people.RoomsAsync(row.BuildingId.Value, row.RoomId, Ct), r => r.Id == row.RoomId);
    }

    [Fact]
    public async Task Nobody_disables_themselves_and_one_administrator_always_stays()
    {
        await using var house = await TestHouse.OpenAsync();
        var admin = await house.AsAsync(Cast.Administrator);
        await Assert.ThrowsAsync<Rejected>(() => admin.Get<PeopleService>().DisableAsync(admin.PersonId, new DisableForm { Reason = "leaves" }, Ct));
    }

    [Fact]
    public async Task Whoever_is_disabled_is_refused_at_the_very_next_verb()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync();
        var (admin, dispatcher) = (await house.AsAsync(Cast.Administrator), await house.AsAsync(Cast.Dispatcher));

        await admin.Get<PeopleService>().DisableAsync(dispatcher.PersonId, new DisableForm { Reason = "调离" }, Ct);

        await Assert.ThrowsAsync<Forbidden>(() => dispatcher.Repairs.TriageAsync(ticket.Id, Ct));
        Assert.Equal(TicketStatus.New, (await house.RowAsync(ticket.Number)).Status);
        Assert.Empty(await house.InDatabaseAsync(db => db.Set<SignInName>().Where(n => n.PersonId == dispatcher.PersonId).ToListAsync(Ct)));
    }
}
