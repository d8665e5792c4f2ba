using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>
/// The whole app, on a storage directory of its own copied from <see cref="TestHost"/>'s template. (Any public type of the app identifies its
/// assembly; Program would be ambiguous, because the tests have their own.) In memory for <see cref="HttpClient"/>s; with kestrel on a free
/// port, for browsers. The clock is real unless one is given.
/// </summary>
internal sealed class TestApp : WebApplicationFactory<Actor>
{
    private readonly bool _keepStorage;
    private readonly TimeProvider? _clock;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly Action<IServiceCollection>? _change;
    private readonly string _environment;

    private TestApp(
        string directory, bool keepStorage, TimeProvider? clock, string environment,
        IReadOnlyDictionary<string, string>? settings, Action<IServiceCollection>? change)
    {
        (Directory, _keepStorage, _clock, _environment, _settings, _change) =
            (directory, keepStorage, clock, environment, settings ?? new Dictionary<string, string>(), change);
        ClientOptions.AllowAutoRedirect = false;
    }

    public string Directory { get; }

    /// <summary>The URL for browsers; null without kestrel.</summary>
    public string? Address { get; private set; }

    /// <summary>
    /// Starts the app. With <paramref name="kestrel"/> it listens on a free port, for browsers, or on the given <paramref name="port"/>. With
    /// the <paramref name="storage"/> of a stopped app it is a restart, and the directory is not deleted at the end.
    /// </summary>
    public static async Task<TestApp> StartAsync(
        bool kestrel = false, TimeProvider? clock = null, IReadOnlyDictionary<string, string>? settings = null,
        Action<IServiceCollection>? change = null, string environment = "Development", string? storage = null, int port = 0)
    {
        var app = new TestApp(storage ?? await TestHost.NewStorageAsync(), storage is not null, clock, environment, settings, change);
        if (kestrel) app.UseKestrel(port);
        app.StartServer();
        if (kestrel) app.Address = app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        return app;
    }

    /// <summary>A client with cookies of its own that does not follow redirects.</summary>
    public HttpClient Visitor() => Address is null
        ? CreateClient() : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = ClientOptions.BaseAddress };

    /// <summary>A client of a person who signed in through the real form.</summary>
    public async Task<HttpClient> SignInAsync(string userName, string password = DemoPeople.Password)
    {
        var client = Visitor();
        using var response = await client.PostFormAsync("/Account/Login", ("Input.UserName", userName), ("Input.Password", password));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return client;
    }

    /// <summary>Reads or changes stored rows directly, as the system.</summary>
    public async Task<T> InDatabaseAsync<T>(Func<LogisticsDb, Task<T>> query)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync();
        return await query(db);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (!_keepStorage && System.IO.Directory.Exists(Directory)) TestHost.DropStorage(Directory);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        builder.UseSetting("Storage:Directory", Directory);
        builder.UseSetting("Demo:Tickets", "0");
        builder.UseSetting("Backups:Enabled", "false");
        foreach (var (key, value) in _settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(log => log.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            if (_clock is not null) services.Replace(ServiceDescriptor.Singleton(_clock));
            // The welcome message of some hundred apps would hide failures in the test output.
            services.Remove(services.FirstOrDefault(s => s.ImplementationType == typeof(DemoWelcome))!);
            services.Configure<LimitOptions>(TestHost.Unlimited);
            _change?.Invoke(services);
        });
    }
}

/// <summary>What a browser without scripts does with a page.</summary>
internal static class Browsing
{
    extension(HttpClient client)
    {
        public async Task<IHtmlDocument> PageAsync(string address)
        {
            using var response = await client.GetAsync(address);
            return await response.PageAsync();
        }

        /// <summary>Opens the page, fills in the form that has the first of these fields and sends it.</summary>
        public async Task<HttpResponseMessage> PostFormAsync(string address, params (string Name, string Value)[] fields)
        {
            var page = await client.PageAsync(address);
            var form = page.Forms.First(f => fields.Length == 0 || f.QuerySelector($"[name='{fields[0].Name}']") is not null);
            return await client.SendFormAsync(form, address, fields);
        }

        /// <summary>Sends a form that was read before, including hidden fields and antiforgery token.</summary>
        public async Task<HttpResponseMessage> SendFormAsync(IHtmlFormElement form, string address, params (string Name, string Value)[] fields)
        {
            var values = new Dictionary<string, string>();
            foreach (var input in form.QuerySelectorAll("input[name]").OfType<IHtmlInputElement>())
                if (input.Type is not ("checkbox" or "radio") || input.IsChecked) values[input.Name!] = input.Value;
            foreach (var area in form.QuerySelectorAll("textarea[name]").OfType<IHtmlTextAreaElement>()) values[area.Name!] = area.Value;
            foreach (var select in form.QuerySelectorAll("select[name]").OfType<IHtmlSelectElement>()) values[select.Name!] = select.Value ?? "";
            foreach (var (name, value) in fields) values[name] = value;
            var action = form.GetAttribute("action") is { Length: > 0 } given ? given : address;
            return await client.PostAsync(action, new FormUrlEncodedContent(values));
        }
    }

    extension(HttpResponseMessage response)
    {
        public async Task<IHtmlDocument> PageAsync() => await new HtmlParser().ParseDocumentAsync(await response.Content.ReadAsStringAsync());
    }
}
