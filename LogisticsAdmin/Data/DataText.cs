namespace LogisticsAdmin.Data;

/// <summary>Words of refusals that whoever stores a person can meet.</summary>
public sealed class DataText;
