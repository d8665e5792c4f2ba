namespace LogisticsAdmin.Registries;

/// <summary>Reports of damage from parts of the app where staff see it, such as the check-in desk. Not to be called inside a write.</summary>
public interface IRepairReports
{
    /// <summary>
    /// Makes a repair ticket about a room in the name of the acting person, and returns its number. Refuses an unknown or retired room, an empty
    /// description, and a person who has no phone number where the office has none either.
    /// </summary>
    Task<string> ReportAsync(long roomId, string description, CancellationToken ct = default);
}
