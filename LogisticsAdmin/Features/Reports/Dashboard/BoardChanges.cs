using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>What changed since the board last read: single rows, or so much that everything is read again.</summary>
internal sealed class BoardChanges
{
    private readonly Dictionary<string, Dictionary<long, DateTimeOffset?>> _rows = [];

    public bool All { get; set; }

    /// <summary>Whether crews, technicians or absences may have changed.</summary>
    public bool Crews { get; private set; }

    public bool Targets { get; private set; }

    /// <summary>The first days of months that were closed or reopened.</summary>
    public HashSet<long> Months { get; } = [];

    /// <summary>Whether a change concerns what stands beside the figures.</summary>
    public static bool IsBeside(Change change) =>
        change is KeyChanged { Topic: ReportsTopics.Targets or ReportsTopics.Months or DutyService.Topic or RepairSettings.Topic };

    public void Add(Delivery delivery, IReadOnlyList<IReportSection> sections)
    {
        All |= delivery.Lost;
        foreach (var change in delivery.Changes)
        {
            Targets |= change is KeyChanged { Topic: ReportsTopics.Targets };
            Crews |= change is KeyChanged { Topic: DutyService.Topic or RepairSettings.Topic };
            if (change is KeyChanged { Topic: ReportsTopics.Months } month) Months.Add(month.Key);
            foreach (var section in sections)
            {
                if (section.ChangedBy(change) is not { } concerned) continue;
                if (concerned.Id is not { } id)
                {
                    All = true;
                    continue;
                }
                if (!_rows.TryGetValue(section.Code, out var rows)) _rows[section.Code] = rows = [];
                // The earliest of several; none is earlier than all.
                rows[id] = rows.TryGetValue(id, out var since) && (since is null || since < concerned.Since) ? since : concerned.Since;
            }
        }
    }

    /// <summary>The rows of a section that changed.</summary>
    public IEnumerable<long> IdsOf(string section) => _rows.TryGetValue(section, out var rows) ? rows.Keys : [];

    /// <summary>Those that may count in a period which ends at this moment.</summary>
    public IEnumerable<long> IdsOf(string section, DateTimeOffset end) =>
        _rows.TryGetValue(section, out var rows) ? rows.Where(r => r.Value is null || r.Value < end).Select(r => r.Key) : [];
}
