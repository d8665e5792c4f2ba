namespace LogisticsAdmin.Features.Repairs;

/// <summary>Marker of the slice's words: RepairsText.resx (English) and RepairsText.zh-CN.resx.</summary>
public sealed class RepairsText;
