using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>A page with one list of settings. Its filter is in the address, and it follows what others change.</summary>
public abstract class SettingsPage : LiveComponent
{
    private PageAddress _address = null!;

    [Inject] protected IJSRuntime Js { get; set; } = null!;
    [Inject] protected Actions Actions { get; set; } = null!;

    protected SettingsFilter Filter { get; private set; } = new();

    /// <summary>Filter as a query string, for the export.</summary>
    protected string Query => new Uri(_address.Current).Query;

    protected bool MayEdit { get; private set; }

    protected override Task OnInitializedAsync()
    {
        MayEdit = User.Actor.MayChangeSettings();
        _address = new PageAddress(Navigation, Js, () => RunUnawaited(FollowAsync));
        Filter = SettingsFilter.Read(_address.Current);
        return base.OnInitializedAsync();
    }

    protected override bool Wants(Change change) => change is KeyChanged { Topic: RepairSettings.Topic or PlacesTopics.Places };

    protected override async Task<bool> ApplyAsync(IReadOnlyList<Change> changes)
    {
        await LoadAsync();
        return true;
    }

    protected async Task NarrowAsync(SettingsFilter filter)
    {
        if (filter == Filter) return;
        Filter = filter;
        await LoadAsync();
        _address.Write(Navigation.GetUriWithQueryParameters(_address.Current, new Dictionary<string, object?>
        {
            ["q"] = filter.Text,
            ["state"] = filter.State switch { SettingState.Current => null, null => "Any", var state => state.ToString() },
        }));
    }

    private async Task FollowAsync()
    {
        Filter = SettingsFilter.Read(_address.Current);
        await LoadAsync();
        StateHasChanged();
    }

    public override ValueTask DisposeAsync()
    {
        _address?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }
}
