namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What an existing log says about a ticket besides its report, as far as it is known here.</summary>
public sealed record ImportedFacts
{
    public long? ReporterId { get; init; }

    /// <summary>The name of a reporter who is not known here.</summary>
    public string? ReporterName { get; init; }

    /// <summary>Only for ended tickets: open ones are assigned here.</summary>
    public long? TechnicianId { get; init; }
    public long? CrewId { get; init; }

    /// <summary>1 to 5, only for closed tickets.</summary>
    public int? Stars { get; init; }

    /// <summary>What has no other place, such as the name of a technician who is not known here.</summary>
    public string? Note { get; init; }
}
