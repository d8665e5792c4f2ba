namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What the office sets for its repairs: crews, categories and visit slots.</summary>
public static class RepairSettings
{
    /// <summary>Topic of the feed: a crew, category or visit slot with that id changed.</summary>
    public const string Topic = "repair-settings";
}
