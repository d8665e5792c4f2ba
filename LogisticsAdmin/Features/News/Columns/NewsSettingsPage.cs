using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>A page with one list of these settings; it follows what others change.</summary>
public abstract class NewsSettingsPage : LiveComponent
{
    [Inject] protected Actions Actions { get; set; } = null!;

    protected override bool Wants(Change change) =>
        change is KeyChanged { Topic: NewsTopics.Settings or NewsTopics.Items or NewsTopics.Drafts or PersonRecords.Topic };

    protected override async Task<bool> ApplyAsync(IReadOnlyList<Change> changes)
    {
        await LoadAsync();
        return true;
    }
}
