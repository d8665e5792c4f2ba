using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.JSInterop;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>One Blazor Server circuit without a browser, which communicates with the server as blazor.web.js does.</summary>
public sealed class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ElementTimeout = TimeSpan.FromSeconds(10);

    // Serialises events as a browser's single thread does: the server forgets replaced handlers once a batch is acknowledged, so an event must
    // not be looked up before and sent after that.
    private readonly Lock _browser = new();
    private readonly CircuitSession _session;
    private readonly CircuitPage _page;
    private readonly HubConnection _hub;
    private readonly Dom? _dom;
    private volatile Probe? _probe;
    private string? _id;
    private long _webRenderer;
    private int _calls;

    private Circuit(CircuitSession session, CircuitPage page, HubConnection hub, bool tracksDom)
    {
        (_session, _page, _hub) = (session, page, hub);
        _dom = tracksDom ? new Dom() : null;
        _hub.On<long, byte[]>("JS.RenderBatch", RenderAsync);
        _hub.On<long, string, string?, int, long, int>("JS.BeginInvokeJS", AnswerJsAsync);
        _hub.On<string>("JS.Error", error => Fail(new InvalidOperationException($"The circuit failed: {error}")));
        _hub.On<string, bool, string?>("JS.EndInvokeDotNet", (_, succeeded, result) =>
        {
            if (!succeeded)
                Fail(new InvalidOperationException($"A .NET call failed: {result}"));
        });
        _hub.Closed += exception =>
        {
            Fail(exception ?? new InvalidOperationException("The connection was closed."));
            return Task.CompletedTask;
        };
    }

    /// <summary>Why the circuit failed or ended, including by disposal.</summary>
    public Exception? Failure { get; private set; }

    public long Batches { get; private set; }

    /// <summary>The size of all render batches before compression.</summary>
    public long BatchBytes { get; private set; }

    /// <summary>
    /// Completes when a render batch contains <paramref name="ready"/>. A batch stores each text frame and attribute value separately, so the
    /// text must come from one expression or one piece of static markup.
    /// </summary>
    public static async Task<Circuit> OpenAsync(
        CircuitSession session, string path, string ready,
        bool tracksDom = false, bool compress = true, CancellationToken cancellationToken = default)
    {
        var page = await session.GetPageAsync(path, cancellationToken);
        var circuit = new Circuit(session, page, session.CreateConnection(page, compress), tracksDom);
        try
        {
            await circuit.StartAsync(ready, cancellationToken).WaitAsync(ReadyTimeout, cancellationToken);
            return circuit;
        }
        catch (Exception e)
        {
            await circuit.DisposeAsync();
            throw new InvalidOperationException($"{page.Uri} did not render '{ready}': {e.Message}", e);
        }
    }

    /// <summary>
    /// Raises a browser event on the element with the attribute, or on its nearest ancestor that handles the event, once they are rendered.
    /// The text is the value of an input or change, or the key of a key event.
    /// </summary>
    public async Task DispatchAsync(string eventName, string attribute, string value, string text = "")
    {
        var dom = _dom ?? throw new InvalidOperationException("Only a circuit that tracks the DOM can dispatch events.");
        object details = eventName switch
        {
            "change" or "input" => new { value = text },
            "keydown" or "keyup" or "keypress" => new { type = eventName, key = text, code = text },
            _ => new { type = eventName },
        };
        var start = Stopwatch.GetTimestamp();
        Task? sending;
        while ((sending = TrySend()) is null)
        {
            if (Failure is not null || Stopwatch.GetElapsedTime(start) > ElementTimeout)
                throw new TimeoutException($"Nothing with {attribute}=\"{value}\" handles '{eventName}'.", Failure);
            await Task.Delay(20);
        }
        await sending;

        Task? TrySend()
        {
            lock (_browser)
            {
                return Failure is null && dom.FindHandler(attribute, value, eventName) is { } handler
                    ? CallDotNetAsync(_webRenderer, "DispatchEventAsync", new { eventHandlerId = handler, eventName }, details)
                    : null;
            }
        }
    }

    /// <summary>The timestamp of the next render batch that contains the text; replaces the text that was watched for before.</summary>
    internal Task<long> WatchFor(string text)
    {
        var probe = new Probe(text);
        _probe = probe;
        if (Failure is { } failure)
            probe.Fail(failure);
        return probe.Seen;
    }

    private async Task StartAsync(string ready, CancellationToken cancellationToken)
    {
        var rendered = WatchFor(ready);
        await _hub.StartAsync(cancellationToken);
        var (baseUri, uri) = (_page.BaseUri.AbsoluteUri, _page.Uri.AbsoluteUri);
        _id = await _hub.InvokeAsync<string?>("StartCircuit", baseUri, uri, "[]", _page.State, cancellationToken)
            ?? throw new InvalidOperationException("The server refused to start the circuit.");

        var operations = _page.Markers.Select((marker, i) => $$"""{"type":"add","ssrComponentId":{{i + 1}},"marker":{{marker}}}""");
        var batch = $$"""{"batchId":1,"operations":[{{string.Join(',', operations)}}]}""";
        await _hub.SendAsync("UpdateRootComponents", batch, _page.State, cancellationToken);
        await rendered;
    }

    private Task RenderAsync(long batchId, byte[] batch)
    {
        var timestamp = Stopwatch.GetTimestamp();
        Batches++;
        BatchBytes += batch.Length;
        _probe?.Inspect(batch, timestamp);
        lock (_browser)
        {
            _dom?.Apply(batch);
            return _hub.SendAsync("OnRenderCompleted", batchId, null);
        }
    }

    private async Task AnswerJsAsync(long handle, string identifier, string? argsJson, int resultType, long instance, int callType)
    {
        if (handle != 0)
        {
            var result = $"[{handle},true,{JsAnswers.Answer(identifier, (JSCallResultType)resultType)}]";
            await _hub.SendAsync("EndInvokeJSFromDotNet", handle, true, result);
        }
        if (identifier == "Blazor._internal.attachWebRendererInterop")
            _webRenderer = DotNetObject(argsJson);
        // Without a viewport Virtualize would render no rows at all.
        if (identifier == "Blazor._internal.Virtualize.init")
            await CallDotNetAsync(DotNetObject(argsJson), "OnSpacerBeforeVisible", 0, 0, 1000);
    }

    private Task CallDotNetAsync(long dotNetObject, string method, params object[] arguments)
    {
        var call = $"{Interlocked.Increment(ref _calls)}";
        return _hub.SendAsync("BeginInvokeDotNetFromJS", call, null, method, dotNetObject, JsonSerializer.Serialize(arguments));
    }

    private static long DotNetObject(string? argsJson) =>
        JsonElement.Parse(argsJson ?? "[]").EnumerateArray()
            .First(argument => argument.ValueKind == JsonValueKind.Object && argument.TryGetProperty("__dotNetObject", out _))
            .GetProperty("__dotNetObject").GetInt64();

    private void Fail(Exception failure)
    {
        Failure ??= failure;
        _probe?.Fail(failure);
    }

    public async ValueTask DisposeAsync()
    {
        if (_id is not null && _hub.State == HubConnectionState.Connected)
            await _session.DisconnectAsync(_page, _id);
        await _hub.DisposeAsync();
    }
}
