using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// The address of an open page that shows what its query string says. The page changes at once and writes its address, which takes a round trip
/// of its own; it is told only of changes that it did not make itself: links, and the way back.
/// </summary>
public sealed class PageAddress : IDisposable
{
    private readonly Queue<string> _written = [];
    private readonly NavigationManager _navigation;
    private readonly IJSRuntime _js;
    private readonly Action _follow;
    private readonly string _path;

    /// <param name="navigation">The navigation of the circuit.</param>
    /// <param name="js">The scripts of the circuit: the browser writes the address when it has painted the change.</param>
    /// <param name="follow">Called when the query string changed by a link or the way back, on the same page.</param>
    public PageAddress(NavigationManager navigation, IJSRuntime js, Action follow)
    {
        (_navigation, _js, _follow, Current) = (navigation, js, follow, navigation.Uri);
        _path = new Uri(Current).AbsolutePath;
        navigation.LocationChanged += Changed;
    }

    /// <summary>The address of what the page shows, also before the browser has confirmed it.</summary>
    public string Current { get; private set; }

    /// <summary>Writes the address of what the page already shows; without an entry in the browser's history unless it asks for one.</summary>
    public void Write(string address, bool replace = true)
    {
        Current = _navigation.ToAbsoluteUri(address).AbsoluteUri;
        _written.Enqueue(Current);
        _ = _js.InvokeIfConnectedAsync("office.writeAddress", address, replace);
    }

    private void Changed(object? sender, LocationChangedEventArgs change)
    {
        var location = new Uri(change.Location);
        if (location.AbsolutePath != _path) return;
        while (_written.TryDequeue(out var own))
            if (own == location.AbsoluteUri) return;
        Current = change.Location;
        _follow();
    }

    public void Dispose() => _navigation.LocationChanged -= Changed;
}
