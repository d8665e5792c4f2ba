using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Live;

/// <summary>
/// The connected pages of this process, by person. Somebody who opens more than <see cref="LiveOptions.CircuitsPerPerson"/> loses the one that
/// was opened first: it says so instead of its content.
/// </summary>
internal sealed class OpenCircuits(IOptions<LiveOptions> options)
{
    /// <summary>The page that says why another one was closed.</summary>
    public const string ClosedPage = "page-closed";

    private readonly Lock _lock = new();
    private readonly Dictionary<long, List<OpenCircuit>> _pages = [];

    public void Add(OpenCircuit page)
    {
        if (page.PersonId is not { } person) return;
        OpenCircuit? oldest = null;
        lock (_lock)
        {
            if (!_pages.TryGetValue(person, out var pages)) _pages[person] = pages = [];
            pages.Remove(page);
            pages.Add(page);
            if (pages.Count > options.Value.CircuitsPerPerson)
            {
                oldest = pages[0];
                pages.RemoveAt(0);
            }
        }
        if (oldest is not null) _ = oldest.CloseAsync();
    }

    public void Remove(OpenCircuit page)
    {
        lock (_lock)
        {
            foreach (var (person, pages) in _pages)
            {
                if (!pages.Remove(page)) continue;
                if (pages.Count == 0) _pages.Remove(person);
                return;
            }
        }
    }

    /// <summary>Tells every page that the server stops.</summary>
    public Task TellStopAsync()
    {
        lock (_lock) return Task.WhenAll([.. _pages.Values.SelectMany(pages => pages).Select(page => page.TellStopAsync())]);
    }
}
