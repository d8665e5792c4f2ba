using System.Text.Encodings.Web;
using Bunit;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.List;
using LogisticsAdmin.Features.Repairs.Desk.Presence;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Live.Presence;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Who has a ticket open: what circuits report to the board, and how desks and rows show it.</summary>
public sealed class PresenceTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_connection_frees_ticket_and_claim_at_once_and_its_return_brings_the_person_back()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (first, second) = (await ArriveAsync(host, TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Manager));
        first.Enter(this, TicketPresence.Of(ticket));
        first.Claim(ClaimKind.Reply);
        Assert.Equal("王静", second.Others(TicketPresence.Of(ticket))?.Claim?.Name);

        await first.OnConnectionDownAsync(null!, Ct);
        Assert.Null(second.Others(TicketPresence.Of(ticket)));
        first.Enter(this, TicketPresence.Of(ticket));
        Assert.Null(second.Others(TicketPresence.Of(ticket)));

        await first.OnConnectionUpAsync(null!, Ct);
        Assert.Equal("王静", Assert.Single(second.Others(TicketPresence.Of(ticket))!.Viewers).Name);
        Assert.Null(second.Others(TicketPresence.Of(ticket))!.Claim);

        await first.OnCircuitClosedAsync(null!, Ct);
        Assert.Null(second.Others(TicketPresence.Of(ticket)));
    }

    [Fact]
    public async Task A_dialog_in_use_stays_claimed_and_a_lost_connection_frees_it_until_the_next_choice()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (first, second) = (await ArriveAsync(host, TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Manager));
        first.Enter(this, TicketPresence.Of(ticket));
        first.Claim(ClaimKind.Assign, inDialog: true);
        host.Clock.Advance(TimeSpan.FromMinutes(8));
        Assert.Equal((ClaimKind.Assign, "王静"), (second.Others(TicketPresence.Of(ticket))!.Claim!.Kind, second.Others(TicketPresence.Of(ticket))!.Claim!.Name));

        await first.OnConnectionDownAsync(null!, Ct);
        Assert.Null(second.Others(TicketPresence.Of(ticket)));
        await first.OnConnectionUpAsync(null!, Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(second.Others(TicketPresence.Of(ticket))!.Claim);
        first.Claim(ClaimKind.Assign, inDialog: true);
        Assert.NotNull(second.Others(TicketPresence.Of(ticket))!.Claim);

        first.Release();
        Assert.Null(second.Others(TicketPresence.Of(ticket))!.Claim);
    }

    [Fact]
    public async Task A_closing_panel_does_not_end_the_presence_of_the_next_one()
    {
        await using var host = await TestHost.OpenAsync();
        var (earlier, later) = (await host.TicketAsync(), await host.TicketAsync());
        var (first, second) = (await ArriveAsync(host, TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Manager));
        var (old, young) = (new object(), new object());
        first.Enter(old, TicketPresence.Of(earlier));
        first.Enter(young, TicketPresence.Of(later));
        first.Leave(old);
        Assert.Null(second.Others(TicketPresence.Of(earlier)));
        Assert.NotNull(second.Others(TicketPresence.Of(later)));

        first.Leave(young);
        Assert.Null(second.Others(TicketPresence.Of(later)));
    }

    [Fact]
    public async Task Residents_neither_see_anybody_nor_are_seen()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var (office, resident) = (await ArriveAsync(host, TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Resident));
        office.Enter(this, TicketPresence.Of(ticket));

        Assert.Null(resident.Enter(this, TicketPresence.Of(ticket)));
        Assert.Null(resident.Claim(ClaimKind.Reply));
        Assert.Null(resident.Others(TicketPresence.Of(ticket)));
        Assert.Null(office.Others(TicketPresence.Of(ticket)));
    }

    [Fact]
    public async Task A_technician_sees_who_is_at_their_own_tickets_and_at_no_others()
    {
        await using var host = await TestHost.OpenAsync();
        var (theirs, other) = (await host.TicketAsync(TicketStatus.Assigned), await host.TicketAsync());
        var (desk, page) = (await ArriveAsync(host, TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Manager));
        var (technician, carpenter) = (await ArriveAsync(host, TestUsers.Technician), await ArriveAsync(host, "100206"));
        desk.Enter(this, TicketPresence.Of(theirs));
        page.Enter(this, TicketPresence.Of(other));

        Assert.Equal("王静", Assert.Single(technician.Enter(this, TicketPresence.Of(theirs))!.Viewers).Name);
        Assert.Equal("孙强", Assert.Single(desk.Others(TicketPresence.Of(theirs))!.Viewers).Name);
        Assert.Null(technician.Others(TicketPresence.Of(other)));
        Assert.Null(carpenter.Others(TicketPresence.Of(theirs)));
        Assert.Null(carpenter.Enter(this, TicketPresence.Of(theirs)));
        Assert.Single(desk.Others(TicketPresence.Of(theirs))!.Viewers);
    }

    [Fact]
    public async Task Whoever_may_no_longer_see_the_ticket_leaves_it()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var (office, technician) = (await ArriveAsync(host, TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Technician));
        technician.Enter(this, TicketPresence.Of(ticket));
        Assert.NotNull(office.Others(TicketPresence.Of(ticket)));

        technician.Enter(this, TicketPresence.Of(ticket with { CrewId = ticket.CrewId + 1, TechnicianId = null }));
        Assert.Null(office.Others(TicketPresence.Of(ticket)));
    }

    [Fact]
    public async Task A_desk_hears_only_of_its_rows_and_not_of_letters_typed()
    {
        await using var host = await TestHost.OpenAsync();
        var (shown, hidden) = (await host.TicketAsync(), await host.TicketAsync());
        var (me, other) = (await host.AsAsync(TestUsers.Dispatcher), await ArriveAsync(host, TestUsers.Manager));
        var desk = new ListPresence<RepairRow>(me.Get<PresenceCircuit>(), me.PersonId, TicketPresence.Kind, TicketPresence.Of);
        desk.Show([shown]);
        using var mail = host.Services.GetRequiredService<IChangeFeed>().Subscribe(me.PersonId, c => c is PresenceChanged p && desk.Wants(p));
        other.Enter(this, TicketPresence.Of(hidden));
        other.Enter(this, TicketPresence.Of(shown));
        other.Claim(ClaimKind.Reply);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        other.Claim(ClaimKind.Reply);
        other.Release();

        List<Change> heard = [];
        while (heard.Count < 3) heard.AddRange((await mail.NextAsync(Ct))!.Changes);
        Assert.Equal([null, ClaimKind.Reply, null], heard.Cast<PresenceChanged>().Select(c => c.Now.Claim?.Kind));
        Assert.All(heard.Cast<PresenceChanged>(), c => Assert.Equal(shown.Id, c.Now.Key.Id));
    }

    [Fact]
    public async Task A_desk_hands_out_the_same_reference_until_somebody_else_comes_or_goes()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var me = await host.AsAsync(TestUsers.Dispatcher);
        var (mine, other) = (me.Get<PresenceCircuit>(), await ArriveAsync(host, TestUsers.Manager));
        await mine.OnConnectionUpAsync(null!, Ct);
        using var mail = host.Services.GetRequiredService<IChangeFeed>().Subscribe(me.PersonId, c => c is PresenceChanged);
        var desk = new ListPresence<RepairRow>(mine, me.PersonId, TicketPresence.Kind, TicketPresence.Of);
        desk.Show([ticket]);

        mine.Enter(this, TicketPresence.Of(ticket));
        Assert.False(desk.Apply((await mail.NextAsync(Ct))!.Changes));
        Assert.Null(desk.Of(ticket.Id));

        other.Enter(this, TicketPresence.Of(ticket));
        Assert.True(desk.Apply((await mail.NextAsync(Ct))!.Changes));
        var first = desk.Of(ticket.Id);
        Assert.Equal("沈国栋", Assert.Single(first!.Viewers).Name);

        mine.Leave(this);
        Assert.False(desk.Apply((await mail.NextAsync(Ct))!.Changes));
        desk.Load([ticket]);
        Assert.Same(first, desk.Of(ticket.Id));

        desk.Show([]);
        Assert.Null(desk.Of(ticket.Id));
        desk.Show([ticket]);
        Assert.NotNull(desk.Of(ticket.Id));

        other.Leave(this);
        desk.Load([ticket]);
        Assert.Null(desk.Of(ticket.Id));
    }

    [Fact]
    public async Task The_markup_of_a_row_encodes_what_people_typed_and_is_shared_by_all_pages()
    {
        const string Typed = "<img src=x onerror=alert(1)> \"&amp; '</div>";
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync() with { Description = Typed, Technician = Typed, Reporter = Typed };
        var settings = new DeskSettings(DeskDensity.Compact, DeskSort.Pressing, DeskFact.Who | DeskFact.Reporter);
        await using var page = new BunitContext();
        var (rows, _) = await RenderAsync(page, host, ticket, settings);

        Assert.Equal(Typed, rows.Find("bdi").TextContent);
        Assert.Equal(Typed, rows.Find(".who").TextContent);
        Assert.Contains(Typed, rows.Find(".l2").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Empty(rows.FindAll("img"));

        var words = new RowWords(
            page.Services.GetRequiredService<IStringLocalizer<DeskText>>(), page.Services.GetRequiredService<IStringLocalizer<TicketsText>>(),
            page.Services.GetRequiredService<IStringLocalizer<ReadingText>>(), page.Services.GetRequiredService<OfficeTime>(),
            page.Services.GetRequiredService<HtmlEncoder>());
        var one = TicketRowMarkup.Of(ticket, settings, null, words);
        Assert.Same(one, TicketRowMarkup.Of(ticket, settings with { Advances = true }, null, words));
        Assert.NotSame(one, TicketRowMarkup.Of(ticket, DeskSettings.Default, null, words));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.NotSame(one, TicketRowMarkup.Of(ticket, settings, null, words));
    }

    [Fact]
    public async Task A_row_shows_three_faces_all_names_and_the_claim_in_words()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        await using var page = new BunitContext();
        var (rows, presence) = await RenderAsync(page, host, ticket, DeskSettings.Default);
        Assert.Empty(rows.FindAll(".faces"));

        Viewer[] viewers = [.. new[] { "王静", "沈国栋", "Ann Lee", "李敏" }.Select((name, i) => new Viewer(i, name, TestHost.Start))];
        var key = new PresenceKey(TicketPresence.Kind, ticket.Id);
        var claim = new ClaimView(1, "沈国栋", ClaimKind.Assign, TestHost.Start, null);
        presence.Apply([new PresenceChanged(new SubjectPresence(key, _ => true, viewers, claim), IsRenewalOnly: false)]);
        rows.Render();
        Assert.Equal(["静", "栋", "A"], rows.FindAll(".faces i").Select(i => i.TextContent));
        Assert.Contains("王静 · 沈国栋 · Ann Lee · 李敏", rows.Find(".faces").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("沈国栋", rows.Find("[data-claim=Assign]").TextContent, StringComparison.Ordinal);

        presence.Apply([new PresenceChanged(new SubjectPresence(key, _ => true, [], null), IsRenewalOnly: false)]);
        rows.Render();
        Assert.Empty(rows.FindAll(".faces, .claimed"));
    }

    /// <summary>The rows of a dispatcher's desk that shows this ticket alone.</summary>
    private static async Task<(IRenderedComponent<TicketRows> Rows, ListPresence<RepairRow> Presence)> RenderAsync(
        BunitContext page, TestHost host, RepairRow ticket, DeskSettings settings)
    {
        var me = await host.AsAsync(TestUsers.Dispatcher);
        page.Services.AddSingleton(me.Get<OfficeTime>());
        page.Services.AddSingleton(host.Services.GetRequiredService<IStringLocalizerFactory>());
        page.Services.AddSingleton(host.Services.GetRequiredService<HtmlEncoder>());
        page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        var list = new DeskList<RepairRow>(step: 50, most: 200);
        list.Load(new Page<RepairRow>([ticket], false, false), _ => true, (_, _) => 0);
        var presence = new ListPresence<RepairRow>(me.Get<PresenceCircuit>(), me.PersonId, TicketPresence.Kind, TicketPresence.Of);
        presence.Load(list.Rows);
        var rows = page.Render<TicketRows>(p => p.Add(r => r.List, list).Add(r => r.Settings, settings).Add(r => r.Filter, new RepairFilter())
            .Add(r => r.Presence, presence).Add(r => r.Marks, new RowMarks<RepairRow>(r => r.Pressing)));
        return (rows, presence);
    }

    /// <summary>A connected page of this person.</summary>
    private static async Task<PresenceCircuit> ArriveAsync(TestHost host, string user)
    {
        var circuit = (await host.AsAsync(user)).Get<PresenceCircuit>();
        await circuit.OnConnectionUpAsync(null!, Ct);
        return circuit;
    }
}
