namespace LogisticsAdmin.Documents.Layout;

/// <summary>The colours of paper. All but the red of titles are shades of black.</summary>
internal enum Ink
{
    Black,
    Dark,
    Grey,
    Middle,
    Pale,
    Tint,
    White,
    Red,
}
