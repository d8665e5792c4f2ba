namespace LogisticsAdmin.Documents;

/// <summary>Lines to sign and date on, one for each label, such as 制表, 审核 and 签发.</summary>
public sealed record SignatureBlock(IReadOnlyList<string> Labels) : Block;
