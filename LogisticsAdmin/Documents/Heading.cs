namespace LogisticsAdmin.Documents;

/// <summary>A heading. Level 1 goes to bookmarks and contents; 2 stands below it.</summary>
public sealed record Heading(int Level, string Text) : Block;
