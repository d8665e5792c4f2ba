namespace LogisticsAdmin.Documents;

/// <summary>A document of an office, without any layout. Engines draw it and compute nothing.</summary>
public sealed record Document
{
    public required string Title { get; init; }

    /// <summary>What the document covers, such as a period, as printed below the title.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The office that issues the document, as printed.</summary>
    public required string Office { get; init; }

    /// <summary>The document's number in the office's register (文号), if it has one.</summary>
    public string? Number { get; init; }

    /// <summary>The date as printed.</summary>
    public required string Date { get; init; }

    /// <summary>Language of the text: <c>zh-CN</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Who wrote it, for the file's properties.</summary>
    public required string Author { get; init; }

    /// <summary>Printed small above the text from the second page on; empty for none.</summary>
    public string RunningHead { get; init; } = "";

    /// <summary>Whether the headings of level 1 are listed with their pages below the title.</summary>
    public bool WithContents { get; init; }

    public PageFormat Format { get; init; } = PageFormat.OfficialLetter;

    public IReadOnlyList<Block> Blocks { get; init; } = [];
}
