using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Voice.Figures;

/// <summary>A definition and what it asks of each row.</summary>
internal sealed record VoiceFigure(FigureDefinition Definition, Func<VoiceFact, bool> Counts, Func<VoiceFact, bool>? Base = null);
