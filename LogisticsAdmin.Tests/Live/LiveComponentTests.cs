using System.Globalization;
using Bunit;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Xunit;

namespace LogisticsAdmin.Tests.Live;

/// <summary>A page that follows the feed: a list of tickets like that of every live page.</summary>
public sealed class LiveComponentTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_changed_by_somebody_else_appears_without_a_reload()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        await using var page = await OpenAsync(host, TestUsers.Dispatcher);
        var list = page.Render<TicketList>();
        Assert.Equal(1, list.Instance.Loads);

        await (await host.AsAsync(TestUsers.Manager)).Repairs.TriageAsync(ticket.Id, Ct);

        await list.WaitForAssertionAsync(() => Assert.Equal($"{ticket.Number} Triaged", list.Find("li").GetAttribute("data-row")), TestTimeouts.Default);
        Assert.Equal(1, list.Instance.Loads);
    }

    [Fact]
    public async Task Lost_changes_and_many_changes_make_it_read_anew_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        await using var page = await OpenAsync(host, TestUsers.Dispatcher);
        var list = page.Render<TicketList>();
        var feed = host.Services.GetRequiredService<IChangeFeed>();

        feed.Publish([new ManyChanged(typeof(RepairRow))]);
        await list.WaitForAssertionAsync(() => Assert.Equal(2, list.Instance.Loads), TestTimeouts.Default);

        var row = list.Instance.Rows.Single();
        feed.Publish([.. Enumerable.Range(0, 3_000).Select(_ => new Changed<RepairRow>(row, row))]);
        await list.WaitForAssertionAsync(() => Assert.Equal(3, list.Instance.Loads), TestTimeouts.Default);
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_subscription()
    {
        await using var host = await TestHost.OpenAsync();
        var page = await OpenAsync(host, TestUsers.Dispatcher);
        page.Render<TicketList>();
        var feed = host.Services.GetRequiredService<InProcessFeed>();
        Assert.Equal(1, feed.Subscribers);

        await page.DisposeComponentsAsync();
        await page.DisposeAsync();

        Assert.Equal(0, feed.Subscribers);
    }

    [Fact]
    public async Task Leaving_while_it_still_loads_is_no_error()
    {
        await using var host = await TestHost.OpenAsync();
        var page = await OpenAsync(host, TestUsers.Dispatcher);
        var gate = new TaskCompletionSource();
        TicketList.BeforeLoad.Value = gate.Task;
        var component = page.Render<TicketList>().Instance;
        await page.DisposeComponentsAsync();

        gate.SetResult();
        await component.Loaded;

        Assert.Equal(0, host.Services.GetRequiredService<InProcessFeed>().Subscribers);
        Assert.False(page.Renderer.UnhandledException.IsCompleted);
        await page.DisposeAsync();
    }

    [Fact]
    public async Task An_English_dispatcher_changes_a_ticket_that_a_Chinese_page_shows_and_the_page_stays_Chinese()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        Speak(Languages.Chinese);
        await using var page = await OpenAsync(host, TestUsers.Dispatcher);
        var list = page.Render<TicketList>();
        Assert.Equal("待受理 竹园3号楼", list.Find("li").TextContent);

        var english = await host.AsAsync(TestUsers.EnglishDispatcher);
        await Task.Run(async () =>
        {
            Speak(Languages.English);
            await english.Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
            Assert.Equal("Plumbing and power", (await host.RowAsync(ticket.Number)).Crew!.ToString());
        }, Ct);

        await list.WaitForAssertionAsync(() => Assert.Equal("待接单 竹园3号楼 水电组", list.Find("li").TextContent), TestTimeouts.Default);
    }

    [Fact]
    public async Task Whoever_s_rights_end_is_led_out_of_the_page()
    {
        await using var host = await TestHost.OpenAsync();
        await using var page = await OpenAsync(host, TestUsers.Dispatcher);
        page.Render<TicketList>();
        var me = page.Services.GetRequiredService<CurrentUser>().PersonId;

        host.Services.GetRequiredService<SessionStamps>().Renew(me, "another stamp");

        var navigation = page.Services.GetRequiredService<NavigationManager>();
        // Leaving renders nothing to wait for, so the URL is polled.
        using var patience = new CancellationTokenSource(TestTimeouts.Default);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!navigation.Uri.EndsWith("/access-denied", StringComparison.Ordinal)) await timer.WaitForNextTickAsync(patience.Token);
    }

    private static async Task<BunitContext> OpenAsync(TestHost host, string user)
    {
        var desk = await host.AsAsync(user);
        var page = new BunitContext();
        page.Services.AddSingleton(host.Services.GetRequiredService<IChangeFeed>());
        page.Services.AddSingleton(desk.Get<CurrentUser>());
        page.Services.AddSingleton(desk.Lists);
        page.Services.AddSingleton(host.Services.GetRequiredService<IStringLocalizerFactory>());
        page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        return page;
    }

    private static void Speak(string language) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);

    internal sealed class TicketList : LiveComponent
    {
        public static readonly AsyncLocal<Task?> BeforeLoad = new();
        private readonly TaskCompletionSource _loaded = new();

        [Inject] private DeskQueries Queries { get; set; } = null!;
        [Inject] private IStringLocalizer<TicketsText> TicketWords { get; set; } = null!;

        public IReadOnlyList<RepairRow> Rows { get; private set; } = [];
        public int Loads { get; private set; }

        /// <summary>Completes after the first load and everything it triggers at once.</summary>
        public Task Loaded => _loaded.Task;

        protected override bool Wants(Change change) => change is Changed<RepairRow> or ManyChanged;

        protected override async Task LoadAsync()
        {
            if (BeforeLoad.Value is { } wait) await wait;
            // Pages pass this token to every query, also after the person left.
            if (DisposalToken.IsCancellationRequested) return;
            Rows = (await Queries.WindowAsync(new RepairFilter { View = RepairView.All }, 50, ct: CancellationToken.None)).Items;
            Loads++;
        }

        protected override async Task OnInitializedAsync()
        {
            try
            {
                await base.OnInitializedAsync();
                _loaded.SetResult();
            }
            catch (Exception e)
            {
                _loaded.SetException(e);
                throw;
            }
        }

        protected override Task<bool> ApplyAsync(IReadOnlyList<Change> changes)
        {
            foreach (var change in changes.OfType<Changed<RepairRow>>()) Rows = [.. Rows.Where(r => r.Id != change.After!.Id), change.After!];
            return Task.FromResult(true);
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            foreach (var row in Rows)
            {
                builder.OpenElement(0, "li");
                builder.AddAttribute(1, "data-row", $"{row.Number} {row.Status}");
                builder.AddContent(2, $"{TicketWords[$"TicketStatus.{row.Status}"]} {row.Building} {row.Crew}".Trim());
                builder.CloseElement();
            }
        }
    }
}
