using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Whether fees that are not billed yet hold up who gives up their bed. They do as long as nothing is stored.</summary>
public sealed class MoveOutSetting : Versioned, IAudited
{
    public bool DemandsStatement { get; private set; } = true;

    public void Set(bool demandsStatement) => DemandsStatement = demandsStatement;
}
