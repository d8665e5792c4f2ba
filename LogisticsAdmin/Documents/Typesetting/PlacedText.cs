namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>Text of one face at a distance from the line's left end, in points.</summary>
internal readonly record struct PlacedText(string Text, Face Face, double X);
