namespace LogisticsAdmin.Registries;

/// <summary>
/// Something so urgent that a slice shows it above every page. A component is null where there is none, and renders nothing while it has nothing
/// to say; the place around it is read out when it changes.
/// </summary>
public interface IPageBanner
{
    /// <summary>The place among the others, the lowest first.</summary>
    int Order { get; }

    /// <summary>An interactive component for office pages.</summary>
    Type? Office { get; }

    /// <summary>A static component for phone pages, rendered again after each <see cref="IPortalSignal"/>.</summary>
    Type? Phone { get; }
}
