namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>What the payers of an account are told about it.</summary>
public enum FeeNoticeKind
{
    /// <summary>低余额提醒.</summary>
    LowBalance = 1,

    /// <summary>催缴.</summary>
    Arrears = 2,
}
