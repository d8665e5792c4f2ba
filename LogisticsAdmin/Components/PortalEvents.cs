using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using LogisticsAdmin.Components.Layout;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Components;

/// <summary>
/// The stream by which open phone pages learn that something changed for their reader. It ends with the session and with the person's rights,
/// as a subscription to the feed does. Pages work without it. Each page and the events tell the states of all signals: what differs from the last
/// ones that a page knows was missed between two streams.
/// </summary>
internal sealed class PortalEvents(
    IChangeFeed feed, IEnumerable<IPortalSignal> signals, IHostApplicationLifetime lifetime, IOptions<LiveOptions> options, TimeProvider clock)
{
    /// <summary>The last event of a stream that must not be opened again by itself.</summary>
    public const string End = "end";

    private const string Open = "open", Beat = "beat";

    // Shorter than what proxies wait for, and longer than a phone should be woken up.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(3);

    // Then the browser opens the next one, which asks for the cookie again.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private readonly IReadOnlyList<IPortalSignal> _signals = [.. signals];
    private readonly ConcurrentDictionary<long, int> _open = new();

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/my/events", (PortalEvents events, CurrentUser user, HttpContext context) => events.Answer(user.Actor, context))
            .RequireAuthorization().WithHttpLogging(HttpLoggingFields.None);
        app.MapGet("/my/live", IResult () => new RazorComponentResult<PortalLiveParts>()).RequireAuthorization();
    }

    /// <summary>What the person sees now: the names of all signals with their states.</summary>
    public async ValueTask<string> StateAsync(Actor actor, CancellationToken ct = default) => Join(await StatesAsync(actor, ct));

    private async ValueTask<string[]> StatesAsync(Actor actor, CancellationToken ct)
    {
        var states = new string[_signals.Count];
        for (var i = 0; i < states.Length; i++) states[i] = await _signals[i].StateAsync(actor, 0, ct);
        return states;
    }

    private string Join(string[] states) => string.Join(' ', states.Select((state, i) => $"{_signals[i].Name}:{state}"));

    private IResult Answer(Actor actor, HttpContext context)
    {
        if (actor.PersonId is not { } person) return Results.NotFound();
        if (_open.AddOrUpdate(person, 1, (_, open) => open + 1) > options.Value.StreamsPerPerson)
        {
            Left(person);
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        context.Response.OnCompleted(() =>
        {
            Left(person);
            return Task.CompletedTask;
        });
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ReadAsync(actor, person, context.RequestAborted));
    }

    private void Left(long person)
    {
        if (_open.AddOrUpdate(person, 0, (_, open) => open - 1) <= 0) _open.TryRemove(new KeyValuePair<long, int>(person, 0));
    }

    private async IAsyncEnumerable<SseItem<string>> ReadAsync(Actor actor, long person, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        var ct = ended.Token;
        var began = clock.GetTimestamp();
        using var changes = feed.Subscribe(person, change => _signals.Any(s => s.Wants(change, person)), actor.SessionId);
        var states = await StatesAsync(actor, ct);
        yield return new SseItem<string>(Join(states), Open) { ReconnectionInterval = Again };

        var next = changes.NextAsync(ct);
        while (!ct.IsCancellationRequested && clock.GetElapsedTime(began) < Longest)
        {
            var (delivery, isBeat) = await NextAsync(next, ct);
            if (ct.IsCancellationRequested) yield break;
            if (isBeat)
            {
                yield return new SseItem<string>("", Beat);
                continue;
            }
            if (delivery is null)
            {
                yield return new SseItem<string>("", End);
                yield break;
            }
            next = changes.NextAsync(ct);
            var since = delivery.Changes.Select(c => c.Sequence).DefaultIfEmpty().Max();
            for (var i = 0; i < states.Length; i++)
            {
                if (!delivery.Lost && !delivery.Changes.Any(c => _signals[i].Wants(c, person))) continue;
                var state = await _signals[i].StateAsync(actor, since, ct);
                if (state == states[i]) continue;
                states[i] = state;
                yield return new SseItem<string>(Join(states), _signals[i].Name);
            }
        }
    }

    /// <summary>The next delivery, or the time for a heartbeat; neither when the stream was cancelled.</summary>
    private async Task<(Delivery? Delivery, bool IsBeat)> NextAsync(Task<Delivery?> next, CancellationToken ct)
    {
        try
        {
            return (await next.WaitAsync(Heartbeat, clock, ct), false);
        }
        catch (TimeoutException)
        {
            return (null, true);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return (null, false);
        }
    }
}
