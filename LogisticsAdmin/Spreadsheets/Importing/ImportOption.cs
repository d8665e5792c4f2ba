using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>A switch of a kind, such as "restore deleted people".</summary>
public sealed record ImportOption(string Key, LocalName Name, LocalName Hint, bool IsOn = false);
