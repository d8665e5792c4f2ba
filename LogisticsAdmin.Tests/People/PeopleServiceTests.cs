using LogisticsAdmin.Features.People;
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
