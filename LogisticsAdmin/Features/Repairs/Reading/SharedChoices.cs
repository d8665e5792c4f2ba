namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Gives all open pages the same choices, because each keeps them while it is open, and they rarely change.</summary>
public sealed class SharedChoices
{
    private volatile RepairChoices? _latest;

    /// <summary>The choices that were read, or the equal ones that other pages already have.</summary>
    public RepairChoices Share(RepairChoices read) => _latest is { } latest && read.IsSameAs(latest) ? latest : _latest = read;
}
