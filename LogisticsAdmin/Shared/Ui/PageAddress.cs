using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// The address of an open page that shows what its query string says. The page changes at once and writes its address, which takes a round trip
/// of its own; it is told only of changes that it did not make itself: links, and the way back.
/// </summary>
public sealed class PageAddress : IDisposable
{
    private readonly Queue<string> _written = [];
    private readonly NavigationManager _navigation;
    private readonly Action _follow;
    private readonly string _path;

    /// <param name="navigation">The navigation of the circuit.</param>
    /// <param name="follow">Called when the query string changed by a link or the way back, on the same page.</param>
    public PageAddress(NavigationManager navigation, Action follow)
    {
        (_navigation, _follow, _path) = (navigation, follow, new Uri(navigation.Uri).AbsolutePath);
        navigation.LocationChanged += Changed;
    }

    /// <summary>Writes the address of what the page already shows, without an entry in the browser's history.</summary>
    public void Write(string address)
    {
        _written.Enqueue(_navigation.ToAbsoluteUri(address).AbsoluteUri);
        _navigation.NavigateTo(address, replace: true);
    }

    private void Changed(object? sender, LocationChangedEventArgs change)
    {
        var location = new Uri(change.Location);
        if (location.AbsolutePath != _path) return;
        while (_written.TryDequeue(out var own))
            if (own == location.AbsoluteUri) return;
        _follow();
    }

    public void Dispose() => _navigation.LocationChanged -= Changed;
}
