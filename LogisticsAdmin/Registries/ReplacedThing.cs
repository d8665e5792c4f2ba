namespace LogisticsAdmin.Registries;

/// <summary>A thing and the earlier one that it replaced.</summary>
public sealed class ReplacedThing
{
    public long Id { get; init; }
    public long ReplacedId { get; init; }
}
