using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Inbox;

/// <summary>What slices register as kinds of messages.</summary>
public sealed class NotificationKindTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_has_words_in_both_languages_an_icon_and_an_address_for_every_role_it_may_be_sent_to()
    {
        await using var host = await TestHost.OpenAsync();
        var kinds = host.AsSystem().Get<IEnumerable<INotificationKind>>().ToList();

        Assert.True(kinds.Count >= 11);
        Assert.Equal(kinds.Count, kinds.Select(k => k.Id).Distinct().Count());
        Assert.All(kinds, kind =>
        {
            foreach (var argument in new[] { null, "InProgress", "Vanished" })
            {
                var words = kind.TextFor(argument);
                Assert.DoesNotContain('{', words.Zh + words.En);
                Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", words.Zh);
                Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", words.En);
                Assert.NotEmpty(words.En);
            }
            Assert.NotEmpty(kind.Icon);
            Assert.NotEmpty(kind.Recipients);
            foreach (var role in kind.Recipients) Assert.DoesNotMatch("^/|^$", kind.Address(Holding(role), "BX20261122-0001"));
        });
    }

    [Fact]
    public async Task A_message_about_a_ticket_says_its_state_and_opens_it_where_the_reader_works()
    {
        await using var host = await TestHost.OpenAsync();
        var kind = host.AsSystem().Get<NotificationKinds>().Find((int)RepairNotification.StateChanged)!;

        Assert.Equal(("进度更新：维修中", "Now: In progress"), (kind.TextFor("InProgress").Zh, kind.TextFor("InProgress").En));
        Assert.Equal("repairs/X1", kind.Address(Holding(Role.Dispatcher), "X1"));
        Assert.Equal("repairs/X1", kind.Address(Holding(Role.Technician, Role.Manager), "X1"));
        Assert.Equal("jobs/X1", kind.Address(Holding(Role.Technician), "X1"));
        Assert.Equal("my/repairs/X1", kind.Address(Holding(Role.Resident), "X1"));
    }

    [Fact]
    public async Task Messages_are_sent_only_to_roles_that_their_kind_names()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        var technician = await host.AsAsync(TestUsers.Technician);
        var ticket = await host.TicketAsync();
        await office.Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
        await technician.Repairs.DeclineAsync(ticket.Id, new NoteForm { Note = "没有梯子" }, Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.NudgeAsync(ticket.Id, new NoteForm(), Ct);
        var kinds = office.Get<NotificationKinds>();

        var sent = await host.InDatabaseAsync(async db => await (
            from i in db.Inbox
            join r in db.Set<IdentityUserRole<long>>() on i.PersonId equals r.UserId
            select new { i.Id, i.Kind, Role = (Role)r.RoleId }).ToListAsync(Ct));

        Assert.True(sent.Select(s => s.Kind).Distinct().Count() >= 4);
        Assert.All(sent.GroupBy(s => s.Id), message => Assert.NotEmpty(message.Select(m => m.Role).Intersect(kinds.Find(message.First().Kind)!.Recipients)));
    }

    private static Actor Holding(params Role[] roles) => new(1, "某人", roles.ToHashSet(), null, null);
}
