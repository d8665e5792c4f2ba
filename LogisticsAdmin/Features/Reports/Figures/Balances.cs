using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Figures;

public static class Balances
{
    /// <summary>Whether the counts of a section satisfy the identity.</summary>
    public static bool HoldsFor(this ReportBalance balance, SectionSnapshot section) =>
        section.Value(balance.Opening).Counted + balance.Plus.Sum(c => section.Value(c).Counted) - balance.Minus.Sum(c => section.Value(c).Counted)
            == section.Value(balance.Closing).Counted;
}
