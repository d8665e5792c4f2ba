namespace LogisticsAdmin.Components;

/// <summary>Words of the shell.</summary>
public sealed class ShellText;
