namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>The figures, dimensions, moments and measures that the dashboard names; a section without them is shown without them.</summary>
internal static class DashboardFigures
{
    public const string Open = "repairs.carried-over", Overdue = "repairs.overdue", DueSoon = "repairs.due-soon", Waiting = "repairs.waiting";

    public const string Rated = "repairs.rated", Repeats = "repairs.repeats", Cost = "repairs.cost";

    /// <summary>The figures of the tiles about now, in their order.</summary>
    public static readonly IReadOnlyList<string> Now = [Open, Overdue, DueSoon, Waiting];

    /// <summary>What is shown beside a key figure, because it would be misread without.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Beside = new Dictionary<string, IReadOnlyList<string>>
    {
        ["repairs.satisfaction"] = ["repairs.silent"],
        ["repairs.cost-per-ticket"] = ["repairs.labour", "repairs.material"],
        ["repairs.closed"] = ["repairs.carried-over"],
        ["repairs.intake"] = ["repairs.emergencies"],
        ["repairs.completion-median"] = ["repairs.completion-p90"],
        ["repairs.first-time-fix"] = ["repairs.rework"],
    };

    public const string Campus = "campus", Crew = "crew", Technician = "technician", Group = "group", Room = "room";

    public const string Submitted = "submitted", Completed = "completed", Due = "due", Ended = "ended";

    public const string Nudges = "nudges", Stars = "stars";
}
