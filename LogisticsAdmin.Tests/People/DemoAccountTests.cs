using System.Net;
using LogisticsAdmin.Account;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.People;

/// <summary>A storage that was made in Development, with its demo people, and is then started in Production.</summary>
public sealed class DemoAccountTests : IAsyncLifetime
{
    private const string Own = "four-cranes-over-9-roofs";
    private string _storage = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await TestHost.NewStorageAsync();

    public ValueTask DisposeAsync()
    {
        TestHost.DropStorage(_storage);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Demo_accounts_are_disabled_in_Production_and_the_start_says_so()
    {
        int demo;
        await using (var made = await TestApp.StartAsync(storage: _storage))
        {
            (await made.SignInAsync(TestUsers.Administrator)).Dispose();
            demo = await made.InDatabaseAsync(async db =>
            {
                var admin = await db.Users.Where(p => p.UserName == TestUsers.Administrator).Select(p => p.Id).SingleAsync(Ct);
                var student = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
                student.SetPassword(new PasswordHasher<Person>().HashPassword(student, Own));
                db.UserPasskeys.Add(new IdentityUserPasskey<long>
                {
                    UserId = admin,
                    CredentialId = [1],
                    Data = new IdentityPasskeyData { PublicKey = [1], AttestationObject = [1], ClientDataJson = [1], Name = "phone" },
                });
                await db.SaveChangesAsync(Ct);
                return await db.Users.CountAsync(Ct) - 1;
            });
        }

        using RecordingLoggerProvider log = new();
        await using var app = await ProductionAsync(log);
        Assert.Contains($"{demo} demo accounts were disabled", Assert.Single(log.WarningsAndErrors), StringComparison.Ordinal);
        foreach (var name in new[] { TestUsers.Administrator, TestUsers.Dispatcher, TestUsers.Technician })
            Assert.False(await SignsInAsync(app, name, DemoPeople.Password), name);
        Assert.True(await SignsInAsync(app, TestUsers.Resident, Own));
        Assert.Equal(0, await app.InDatabaseAsync(db => db.UserPasskeys.CountAsync(Ct)));
        Assert.Equal(1, await app.InDatabaseAsync(db => db.Users.CountAsync(p => p.PasswordHash != null, Ct)));
        Assert.Equal(demo, await app.InDatabaseAsync(db => db.Users.CountAsync(p => p.Status == PersonStatus.Disabled, Ct)));
    }

    [Fact]
    public async Task A_storage_whose_only_administrators_were_demo_accounts_gets_its_first_administrator()
    {
        await using (var app = await ProductionAsync())
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var (first, administrators) = (app.Services.GetRequiredService<FirstAdministrator>(), scope.ServiceProvider.GetRequiredService<Administrators>());
            Assert.False(await administrators.AnyAsync(Ct));
            await first.RedeemAsync(
                first.Issue(), new AdministratorForm { UserName = "boss", FullName = "周主任", Password = Own, PasswordAgain = Own }, administrators, Ct);
        }

        using RecordingLoggerProvider log = new();
        await using var again = await ProductionAsync(log);
        Assert.Empty(log.WarningsAndErrors);
        Assert.True(await SignsInAsync(again, "boss", Own));
    }

    [Fact]
    public async Task The_demo_password_opens_no_account_in_Production_however_it_came_to_it()
    {
        await using var app = await ProductionAsync();
        await app.InDatabaseAsync(async db =>
        {
            var person = new Person("latecomer", "迟到");
            person.SetPassword(new PasswordHasher<Person>().HashPassword(person, DemoPeople.Password));
            db.Users.Add(person);
            return await db.SaveChangesAsync(Ct);
        });

        Assert.False(await SignsInAsync(app, "latecomer", DemoPeople.Password));
    }

    private Task<TestApp> ProductionAsync(RecordingLoggerProvider? log = null) => TestApp.StartAsync(
        environment: "Production", storage: _storage,
        change: services => { if (log is not null) services.AddSingleton<ILoggerProvider>(log); });

    private static async Task<bool> SignsInAsync(TestApp app, string userName, string password)
    {
        var visitor = app.CreateClient(new() { BaseAddress = new Uri("https://localhost"), AllowAutoRedirect = false });
        using var answer = await visitor.PostFormAsync("/Account/Login", ("Input.UserName", userName), ("Input.Password", password));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }
}
