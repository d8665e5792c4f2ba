namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Topics of the change feed. Their changes carry only keys.</summary>
public static class ArrearsTopics
{
    /// <summary>A cut-off changed; the key is its id, 0 for many.</summary>
    public const string CutOffs = "fee-cut-offs";

    /// <summary>Reminders were sent, or settings changed; the key is 0.</summary>
    public const string Reminders = "fee-reminders";
}
