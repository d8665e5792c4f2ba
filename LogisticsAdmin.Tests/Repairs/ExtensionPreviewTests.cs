using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Old and new limit of an extension, before it is requested and before it is granted.</summary>
public sealed class ExtensionPreviewTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TicketStatus.Taken)]
    [InlineData(TicketStatus.InProgress)]
    [InlineData(TicketStatus.OnHold)]
    public async Task What_is_shown_before_the_request_and_before_the_decision_is_what_the_clock_sets(TicketStatus status)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(status);
        var (technician, manager) = (await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Manager));

        var asked = await technician.Tickets.ExtensionAsync(ticket.Number, 24, Ct);
        await technician.Repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 24, Why = "等阀芯" }, ct: Ct);
        var decided = await manager.Tickets.ExtensionAsync(ticket.Number, ct: Ct);
        await manager.Repairs.DecideExtensionAsync(ticket.Id, granted: true, new NoteForm(), Ct);

        Assert.Equal(asked, decided);
        Assert.Equal(new ExtensionPreview(ticket.DueAt, (await host.RowAsync(ticket.Number)).DueAt, IsPromise: false), decided);
        Assert.True(decided!.Time > ticket.DueAt.AddHours(24), "24 working hours are more than a day.");
    }

    [Fact]
    public async Task After_the_limit_the_preview_is_what_the_reporter_is_promised()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        host.Clock.SetUtcNow(ticket.DueAt.AddHours(20));
        var (technician, manager) = (await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Manager));

        var asked = await technician.Tickets.ExtensionAsync(ticket.Number, 8, Ct);
        await technician.Repairs.RequestExtensionAsync(ticket.Id, new ExtensionForm { Hours = 8, Why = "等阀芯" }, ct: Ct);
        await manager.Repairs.DecideExtensionAsync(ticket.Id, granted: true, new NoteForm(), Ct);

        var detail = await manager.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Equal(new ExtensionPreview(ticket.DueAt, detail.PromisedAt!.Value, IsPromise: true), asked);
        Assert.Equal(ticket.DueAt, detail.Row.DueAt);
    }

    [Fact]
    public async Task Only_those_who_request_or_decide_one_see_it_and_only_for_hours_within_the_limits()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var technician = await host.AsAsync(TestUsers.Technician);

        foreach (var hours in new decimal?[] { null, 0, -1, RepairLimits.ExtensionHours + 1, decimal.MaxValue })
            Assert.Null(await technician.Tickets.ExtensionAsync(ticket.Number, hours, Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.ExtensionAsync(ticket.Number, 8, Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Resident)).Tickets.ExtensionAsync(ticket.Number, 8, Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync("100206")).Tickets.ExtensionAsync(ticket.Number, 8, Ct));
    }

    [Fact]
    public async Task The_phone_answers_while_hours_are_typed()
    {
        await using var app = await TestApp.StartAsync();
        var number = await app.ReportAsync(await app.SignInAsync(TestUsers.Resident));
        var technician = await app.SignInAsync(TestUsers.Technician);
        await PhonePageTests.AssignAsync(app, number);
        await PhonePageTests.DoAsync(technician, $"/jobs/{number}", "take");
        var form = (await technician.PageAsync($"/jobs/{number}")).QuerySelector("[data-preview]");

        Assert.Equal($"jobs/{number}/extension", form!.GetAttribute("data-preview"));
        Assert.Contains("→", await technician.GetStringAsync(new Uri($"/jobs/{number}/extension?hours=24", UriKind.Relative), Ct), StringComparison.Ordinal);
        using var foreign = await technician.GetAsync("/jobs/BX20200101-0001/extension?hours=24", Ct);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, foreign.StatusCode);
    }
}
