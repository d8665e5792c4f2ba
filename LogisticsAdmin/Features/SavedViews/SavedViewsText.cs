namespace LogisticsAdmin.Features.SavedViews;

/// <summary>Words of saved views.</summary>
public sealed class SavedViewsText;
