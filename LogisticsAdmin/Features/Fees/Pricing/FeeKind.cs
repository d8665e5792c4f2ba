using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>费用类型: what is charged. Its unit, measure, payer and cycle never change once it has a rate, because bills depend on them.</summary>
public sealed class FeeKind : NamedEntity
{
    private FeeKind() { }

    public FeeKind(string code, string name, string nameEn, LocalName unit, FeeMeasure measure, FeePayer payer, BillingCycle cycle, int order)
        : base(code, name, nameEn)
    {
        Define(unit, measure, payer, cycle);
        Order = order;
    }

    public string Unit { get; private set; } = "";
    public string UnitEn { get; private set; } = "";
    public FeeMeasure Measure { get; private set; }
    public FeePayer Payer { get; private set; }
    public BillingCycle Cycle { get; private set; }

    /// <summary>The place in lists, the lowest first.</summary>
    public int Order { get; private set; }

    /// <summary>Whether who moves out gets back what they were charged for days to come; never of a metered kind.</summary>
    public bool GivesBack { get; private set; }

    public LocalName UnitName => new(Unit, UnitEn);

    public bool IsMetered => Measure == FeeMeasure.Meter;

    public bool IsDefinedAs(FeeMeasure measure, FeePayer payer, BillingCycle cycle) => (Measure, Payer, Cycle) == (measure, payer, cycle);

    /// <summary>The caller checks that the kind is not used yet, when anything but the words of the unit changes.</summary>
    public void Define(LocalName unit, FeeMeasure measure, FeePayer payer, BillingCycle cycle)
    {
        (Unit, UnitEn) = (CleanText.Unit(unit.Zh), CleanText.Unit(unit.En));
        (Measure, Payer, Cycle) = (measure, payer, cycle);
        GivesBack &= !IsMetered;
    }

    public void GiveBack(bool givesBack) => GivesBack = givesBack && !IsMetered;

    public void Place(int order) => Order = order;
}
