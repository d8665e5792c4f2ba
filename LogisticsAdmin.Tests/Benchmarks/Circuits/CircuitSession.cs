using System.Net;
using System.Net.WebSockets;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>What a circuit needs from the HTML of its page.</summary>
public sealed record CircuitPage(Uri BaseUri, Uri Uri, IReadOnlyList<string> Markers, string State);

/// <summary>One browser profile: cookies and an HTTP client, shared by any number of circuits and disposed after them.</summary>
public sealed class CircuitSession : IDisposable
{
    private const string MarkerPrefix = "Blazor:";
    private const string StatePrefix = "Blazor-Server-Component-State:";
    private const string UserSelector = "input[type=text], input[type=email], input:not([type])";
    private const string PasswordSelector = "input[type=password]";

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public CircuitSession(Uri server) =>
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = server };

    /// <summary>Fills in and posts the first form that asks for a password, hidden inputs included.</summary>
    public async Task LoginAsync(string loginPath, string user, string password, CancellationToken cancellationToken = default)
    {
        using var login = await ReadAsync(_http.GetAsync(loginPath, cancellationToken), cancellationToken);
        var form = login.Forms.FirstOrDefault(form => form.QuerySelector(PasswordSelector) is not null)
            ?? throw new InvalidOperationException($"{login.Url} has no form with a password input.");
        Fill(UserSelector, user);
        Fill(PasswordSelector, password);

        var request = form.GetSubmission() ?? throw new InvalidOperationException($"The form of {login.Url} cannot be submitted.");
        using var body = new StreamContent(request.Body);
        body.Headers.TryAddWithoutValidation("Content-Type", request.MimeType);
        using var answer = await ReadAsync(_http.PostAsync(request.Target.Href, body, cancellationToken), cancellationToken);
        if (answer.QuerySelector(PasswordSelector) is not null)
            throw new InvalidOperationException($"The sign-in of '{user}' was refused.");

        void Fill(string selector, string value) =>
            (form.QuerySelector<IHtmlInputElement>(selector)
                ?? throw new InvalidOperationException($"The form has no {selector}.")).Value = value;
    }

    /// <summary>Reads a file to its end.</summary>
    public async Task DownloadAsync(string path)
    {
        using var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null);
    }

    public async Task<CircuitPage> GetPageAsync(string path, CancellationToken cancellationToken = default)
    {
        using var document = await ReadAsync(_http.GetAsync(path, cancellationToken), cancellationToken);
        var comments = document.Descendants<IComment>().Select(comment => comment.Data).ToList();
        var markers = comments
            .Where(comment => comment.StartsWith(MarkerPrefix, StringComparison.Ordinal))
            .Select(comment => comment[MarkerPrefix.Length..])
            .Where(marker => marker.Contains("\"type\":\"server\"", StringComparison.Ordinal))
            .ToList();
        if (markers.Count == 0)
            throw new InvalidOperationException($"{document.Url} has no interactive component; is the session signed in?");

        var state = comments.Find(comment => comment.StartsWith(StatePrefix, StringComparison.Ordinal))?[StatePrefix.Length..];
        return new CircuitPage(new Uri(document.BaseUri), new Uri(document.Url), markers, state ?? "");
    }

    internal HubConnection CreateConnection(CircuitPage page, bool compress)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(page.BaseUri, "_blazor"), HttpTransportType.WebSockets, options =>
        {
            options.Cookies = _cookies;
            options.WebSocketConfiguration = socket =>
                socket.DangerousDeflateOptions = compress ? new WebSocketDeflateOptions() : null;
        });
        builder.Services.AddSingleton<IHubProtocol, BlazorPackProtocol>();
        return builder.Build();
    }

    /// <summary>Sends what a closing tab sends; without it the server keeps the circuit, which would distort the next measurement.</summary>
    internal async Task DisconnectAsync(CircuitPage page, string circuitId)
    {
        using var form = new FormUrlEncodedContent([new("circuitId", circuitId)]);
        using var response = await _http.PostAsync(new Uri(page.BaseUri, "_blazor/disconnect"), form);
    }

    private static async Task<IDocument> ReadAsync(Task<HttpResponseMessage> answer, CancellationToken cancellationToken)
    {
        using var response = await answer;
        var html = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        var address = response.RequestMessage!.RequestUri!.AbsoluteUri;
        return await BrowsingContext.New().OpenAsync(content => content.Content(html).Address(address), cancellationToken);
    }

    public void Dispose() => _http.Dispose();
}
