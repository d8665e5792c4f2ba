using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>A statement has differences: the subject is the id of its day, the argument the day and how many.</summary>
internal sealed class ReconciliationNotificationKind : INotificationKind
{
    public const int Differences = 69;

    private static readonly LocalName Text = LocalName.Of<ReconciliationText>("Message"), OfReconciliation = LocalName.Of<ReconciliationText>("Title");

    public int Id => Differences;
    public string Icon => "M4 7h16M4 12h10M4 17h6M16 15l2 2 4-4";
    public IReadOnlyList<Role> Recipients { get; } = [Role.Manager];
    public LocalName Label { get; } = LocalName.Of<ReconciliationText>("MessageLabel");
    public LocalName? Group => OfReconciliation;

    public LocalName TextFor(string? argument)
    {
        var (day, count) = argument?.Split(' ') is [var first, var second] ? (first, second) : ("—", "—");
        return Text.With(day, count);
    }

    public string Address(Actor reader, string subject) => $"fees/reconciliation/{Uri.EscapeDataString(subject)}";
}
