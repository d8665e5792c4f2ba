using LogisticsAdmin.Features.Places;

namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>优惠群体: people who may have prices of their own, such as doctoral students.</summary>
public sealed class ResidentGroup : NamedEntity
{
    private ResidentGroup() { }

    public ResidentGroup(string code, string name, string nameEn) : base(code, name, nameEn) { }
}
