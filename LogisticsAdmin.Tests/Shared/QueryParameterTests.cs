using System.Net;
using System.Reflection;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>What an address asks for after its question mark is typed by people, shortened by mail programs and tried by scanners.</summary>
public sealed class QueryParameterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Blazor ends the circuit, or answers 500, when it can't convert a value; a text it can always supply.</summary>
    [Fact]
    public void Pages_take_them_as_text_and_read_them_leniently()
    {
        var typed =
            from component in typeof(Components.App).Assembly.GetTypes()
            from property in component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null
            where property.PropertyType != typeof(string) && property.PropertyType != typeof(string[])
            select $"{component.Name}.{property.Name}";

        Assert.Empty(typed);
    }

    [Theory]
    [InlineData(TestUsers.Administrator)]
    [InlineData(TestUsers.Technician)]
    public async Task No_address_answers_a_wrong_one_with_an_error(string userName)
    {
        await using var app = await TestApp.StartAsync();
        using var visitor = await app.SignInAsync(userName);
        var endpoints = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Where(e => e.RoutePattern.RawText?.TrimStart('/').StartsWith('_') == false)
            .Select(e => Filled(e.RoutePattern.RawText!))
            // The stream of events never ends.
            .Where(a => !a.EndsWith("my/events", StringComparison.Ordinal))
            .Where(a => !a.Contains('.', StringComparison.Ordinal) || a.StartsWith("/exports/", StringComparison.Ordinal))
            .Distinct().ToList();
        var names = NamesOf(app);
        Assert.Contains("year", names);

        string[] queries =
        [
            Query(names, "abc"), Query(names, ""), Query(names, "99999999999999999999999"), $"{Query(names, "1")}&{Query(names, "x")}",
            Query(["q"], SearchWordsTests.ThousandWords.Replace(' ', '+')),
        ];
        List<string> wrong = [];
        foreach (var address in endpoints)
        {
            foreach (var query in queries)
            {
                using var answer = await visitor.GetAsync(new Uri($"{address}?{query}", UriKind.Relative), Ct);
                if (answer.StatusCode is HttpStatusCode.BadRequest or >= HttpStatusCode.InternalServerError)
                    wrong.Add($"{(int)answer.StatusCode} {address}?{query}");
            }
        }
        Assert.Empty(wrong);
    }

    private static string Filled(string route) => "/" + string.Join('/', route.Trim('/').Split('/').Select(part => part switch
    {
        _ when !part.Contains('{', StringComparison.Ordinal) => part,
        _ when part.Contains(".{kind", StringComparison.Ordinal) => part[..part.IndexOf(".{kind", StringComparison.Ordinal)] + ".csv",
        _ when part.Contains(":guid", StringComparison.Ordinal) => Guid.Empty.ToString(),
        _ => "1",
    }));

    /// <summary>Of pages and of handlers, and those that pages read from their address themselves.</summary>
    private static List<string> NamesOf(TestApp app) =>
    [
        .. (from component in typeof(Components.App).Assembly.GetTypes()
            from property in component.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            where property.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null
            select property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()!.Name ?? property.Name)
            .Concat(app.Services.GetRequiredService<EndpointDataSource>().Endpoints
                .SelectMany(e => e.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()).Select(p => p.Name))
            .Concat(["q", "view", "sort", "state", "page", "t", "n", "from", "to", "who", "columns", "lane", "role", "status", "crew", "building", "due"])
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static string Query(IEnumerable<string> names, string value) => string.Join('&', names.Select(name => $"{name}={value}"));
}
