using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.SavedViews;

/// <summary>Named filters of the office's lists.</summary>
public static class SavedViewsSetup
{
    public static IServiceCollection AddSavedViews(this IServiceCollection services) => services
        .AddScoped<SavedViewService>()
        .AddSingleton<IAuditWords>(new AuditWords<SavedViewsText>(typeof(SavedView)));

    /// <summary>Lets the filters of a list be saved as views.</summary>
    public static IServiceCollection AddViewedList<TList, TFilter, TRow>(this IServiceCollection services)
        where TList : class, IViewedList<TFilter, TRow>
        where TRow : class, ILiveRow => services
        .AddScoped<IViewedList<TFilter, TRow>, TList>()
        .AddScoped<IViewedList>(provider => provider.GetRequiredService<IViewedList<TFilter, TRow>>());
}
