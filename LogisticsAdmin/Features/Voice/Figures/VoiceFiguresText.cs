namespace LogisticsAdmin.Features.Voice.Figures;

/// <summary>Words of the report's section on complaints and suggestions.</summary>
public sealed class VoiceFiguresText;
