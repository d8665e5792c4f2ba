namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>Resources for what fees show on pages of others.</summary>
public sealed class FeeSectionsText;
