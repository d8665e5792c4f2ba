namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>How a cluster behaves where lines break and where text runs from right to left.</summary>
internal enum ClusterKind
{
    /// <summary>Part of a word: letters of alphabets.</summary>
    Letter,

    Digit,

    /// <summary>A line may break after it.</summary>
    Space,

    /// <summary>A line may break before and after it: Chinese characters, symbols, emoji.</summary>
    Wide,

    /// <summary>An opening bracket or quotation mark, never last in a line.</summary>
    Opening,

    /// <summary>A mark that is never first in a line.</summary>
    Closing,

    /// <summary>A letter of an alphabet that runs from right to left.</summary>
    RightToLeft,
}
