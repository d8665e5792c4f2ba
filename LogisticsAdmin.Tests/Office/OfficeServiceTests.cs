using System.Net;
using LogisticsAdmin.Features.Office;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Office;

/// <summary>The office's name and contact, and the first steps of a new office.</summary>
public sealed class OfficeServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, false)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task The_office_reads_its_name_and_administrators_change_it(string who, bool reads, bool changes)
    {
        await using var host = await TestHost.OpenAsync();
        var person = await host.AsAsync(who);
        var (service, steps) = (person.Get<OfficeService>(), person.Get<FirstSteps>());

        if (reads) Assert.Equal(0, (await service.ReadAsync(Ct)).Version);
        else await Assert.ThrowsAsync<Forbidden>(() => service.ReadAsync(Ct));
        var save = () => service.SaveAsync(Form(), Ct);
        if (changes) await save();
        else await Assert.ThrowsAsync<Forbidden>(save);
        if (changes) Assert.NotEmpty(await steps.ReadAsync(Ct));
        else await Assert.ThrowsAsync<Forbidden>(() => steps.ReadAsync(Ct));
        if (changes) await steps.ConfirmAsync("hours", Ct);
        else await Assert.ThrowsAsync<Forbidden>(() => steps.ConfirmAsync("hours", Ct));
    }

    [Fact]
    public async Task A_change_is_audited_shown_at_once_and_stale_for_who_opened_it_before()
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Administrator));
        var card = host.Services.GetRequiredService<IOfficeCard>();
        Assert.Null((await card.CurrentAsync(Ct)).Name);

        await one.Get<OfficeService>().SaveAsync(Form(), Ct);

        var now = await card.CurrentAsync(Ct);
        Assert.Equal((new LocalName("后勤服务中心", "Logistics Service Centre"), "0571-8888 6666 转 2"), (now.Name, now.Phone));
        await Assert.ThrowsAsync<Stale>(() => other.Get<OfficeService>().SaveAsync(Form(), Ct));
        var audited = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(OfficeProfile)).Select(a => a.Field).ToListAsync(Ct));
        Assert.Contains(nameof(OfficeProfile.Phone), audited);
    }

    [Theory]
    [InlineData("", null, null, nameof(OfficeForm.Name))]
    [InlineData("\u200b", null, null, nameof(OfficeForm.Name))]
    [InlineData("中心", "please call", null, nameof(OfficeForm.Phone))]
    [InlineData("中心", null, "nobody", nameof(OfficeForm.Email))]
    public async Task A_wrong_value_is_refused_at_its_field(string name, string? phone, string? email, string field)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<OfficeService>();

        var refused = await Assert.ThrowsAsync<Rejected>(() => service.SaveAsync(new OfficeForm { Name = name, Phone = phone, Email = email }, Ct));

        Assert.Equal([field], refused.Problems.Select(p => p.Field).Distinct());
    }

    [Fact]
    public async Task A_suggestion_is_done_when_it_is_confirmed_and_twice_is_once()
    {
        await using var host = await TestHost.OpenAsync();
        var steps = (await host.AsAsync(TestUsers.Administrator)).Get<FirstSteps>();
        Assert.False(Hours(await steps.ReadAsync(Ct)).IsDone);

        await Task.WhenAll(steps.ConfirmAsync("hours", Ct), steps.ConfirmAsync("hours", Ct));

        Assert.True(Hours(await steps.ReadAsync(Ct)) is { IsDone: true, ConfirmedAt: not null });
        await Assert.ThrowsAsync<NotFound>(() => steps.ConfirmAsync("places", Ct));
        await Assert.ThrowsAsync<NotFound>(() => steps.ConfirmAsync("anything", Ct));

        static FirstStep Hours(IReadOnlyList<FirstStep> all) => all.Single(s => s.Step.Key == "hours");
    }

    [Fact]
    public async Task Residents_see_how_the_office_is_reached_and_everybody_its_name()
    {
        await using var app = await TestApp.StartAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var administrator = await new AppWithUsers(app).AsAsync(TestUsers.Administrator);
            await administrator.Get<OfficeService>().SaveAsync(Form(), Ct);
        }
        using var resident = await app.SignInAsync(TestUsers.Resident);

        var home = await resident.PageAsync("/my");

        Assert.Equal("tel:057188886666", home.QuerySelector(".office-contact a[href^=tel]")!.GetAttribute("href"));
        Assert.Equal("后勤服务中心", home.QuerySelector(".portal-top .logo span")!.TextContent);
        using var visitor = app.Visitor();
        var login = await visitor.PageAsync("/Account/Login");
        Assert.Contains("后勤服务中心 0571-8888 6666 转 2", login.QuerySelector("[data-forgotten]")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Administrator, HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData(TestUsers.Manager, HttpStatusCode.OK, HttpStatusCode.Redirect)]
    [InlineData(TestUsers.Dispatcher, HttpStatusCode.OK, HttpStatusCode.Redirect)]
    [InlineData(TestUsers.Technician, HttpStatusCode.Redirect, HttpStatusCode.Redirect)]
    [InlineData(TestUsers.Resident, HttpStatusCode.Redirect, HttpStatusCode.Redirect)]
    public async Task The_office_opens_its_settings_and_administrators_the_first_steps(string who, HttpStatusCode settings, HttpStatusCode steps)
    {
        await using var app = await TestApp.StartAsync();
        using var client = await app.SignInAsync(who);
        foreach (var (address, expected) in new[] { ("/settings", settings), ("/settings/office", settings), ("/first-steps", steps) })
        {
            using var answer = await client.GetAsync(address, Ct);
            Assert.Equal(expected, answer.StatusCode);
        }
    }

    private static OfficeForm Form() => new()
    {
        Name = "后勤服务中心",
        NameEn = "Logistics Service Centre",
        Phone = "0571-8888 6666 转 2",
        Hours = "工作日 8:00–17:30",
    };
}
