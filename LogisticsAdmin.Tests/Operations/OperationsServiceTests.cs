using System.IO.Compression;
using System.Net;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Operations;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Operations;

public sealed class OperationsServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Everybody_but_an_administrator_is_refused(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var backup = await (await host.AsAsync(TestUsers.Administrator)).Get<OperationsService>().BackUpAsync();
        var service = (await host.AsAsync(userName)).Get<OperationsService>();

        await Assert.ThrowsAsync<Forbidden>(() => service.ReadAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(service.BackUpAsync);
        await Assert.ThrowsAsync<Forbidden>(service.TestAsync);
        await Assert.ThrowsAsync<Forbidden>(() => service.DownloadAsync(backup.Name, Ct));
    }

    [Fact]
    public async Task An_administrator_makes_a_backup_tests_it_and_sees_both()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<OperationsService>();

        var made = await service.BackUpAsync();
        await service.TestAsync();

        var view = await service.ReadAsync(Ct);
        Assert.Equal([made], view.Backups);
        Assert.Equal((made.Name, null), (view.Record.LastTest!.File, view.Record.LastTest.Problem));
        Assert.True(view is { DatabaseBytes: > 0, FreeBytes: > 0 } && made.Bytes > 0);
    }

    [Fact]
    public async Task A_damaged_database_is_a_refusal_that_says_so()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<OperationsService>();
        DamagedPage.In(host.Directory, "RepairTickets");

        Assert.Equal("BackupFailed", (await Assert.ThrowsAsync<Rejected>(service.BackUpAsync)).Code);

        Assert.NotNull((await service.ReadAsync(Ct)).Record.LastFailure);
    }

    [Fact]
    public async Task A_download_is_recorded_with_who_and_what()
    {
        await using var host = await TestHost.OpenAsync();
        var administrator = await host.AsAsync(TestUsers.Administrator);
        var made = await administrator.Get<OperationsService>().BackUpAsync();

        await administrator.Get<OperationsService>().DownloadAsync(made.Name, Ct);

        var entry = await host.InDatabaseAsync(db => db.Audit.SingleAsync(a => a.Field == "Backup", Ct));
        Assert.Equal((administrator.PersonId, made.Name), (entry.ActorId, entry.New));
    }

    [Theory]
    [InlineData("../logistics.db")]
    [InlineData("state.json")]
    [InlineData("20261122-060000-none.zip")]
    public async Task Only_backups_are_downloaded(string name)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<OperationsService>();
        await service.BackUpAsync();

        await Assert.ThrowsAsync<NotFound>(() => service.DownloadAsync(name, Ct));
    }

    [Fact]
    public async Task The_file_that_is_downloaded_is_the_backup_and_others_get_none()
    {
        await using var app = await TestApp.StartAsync();
        var folder = app.Services.GetRequiredService<BackupFolder>();
        var made = await folder.MakeAsync(BackupFile.Manual, Ct);
        var (administrator, dispatcher) = (await app.SignInAsync(TestUsers.Administrator), await app.SignInAsync(TestUsers.Dispatcher));

        using var file = await administrator.GetAsync($"/settings/operations/backups/{made.Name}", Ct);
        using var refused = await dispatcher.GetAsync($"/settings/operations/backups/{made.Name}", Ct);
        using var missing = await administrator.GetAsync("/settings/operations/backups/other.zip", Ct);

        await using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync(Ct));
        Assert.NotNull(zip.GetEntry("logistics.db"));
        Assert.Equal(made.Name, file.Content.Headers.ContentDisposition?.FileName);
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
